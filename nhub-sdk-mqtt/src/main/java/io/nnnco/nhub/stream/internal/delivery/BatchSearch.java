package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.BatchFailedException;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.error.HandlerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes one batch to its end. If the handler fails for it, parts of it are tried, until the message
 * at fault is found: that one goes on alone, and what came after it from the same device is put
 * back. The parts are tried one after another, so that each device keeps its order.
 *
 * <p>After a failure one message is tried first: for little, it tells an outage from a bad message.
 * If it succeeds, what is left is halved, and halved again.
 *
 * <p>One call runs at a time, and the next begins after it has ended; so this needs no lock.
 */
final class BatchSearch {
  private final BatchedHandler handler;
  private final Handling handling;
  private final BatchLanes lanes;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Set<String> devices = new HashSet<>();
  private Knowledge ofCalled = Knowledge.NONE;

  /** What is known of a part. */
  private enum Knowledge {
    /** Nothing. */
    NONE,
    /** If the part before succeeds, a message of this one fails. */
    DEPENDS,
    /** A message of it fails. */
    SUSPECT,
    /** Its messages are good, says the handler, who named another one. */
    CLEARED
  }

  private record Part(List<DeliveredMessage> messages, Knowledge knowledge) {
    boolean isOne() {
      return messages.size() == 1;
    }

    Part with(Knowledge better) {
      return new Part(messages, better);
    }
  }

  BatchSearch(BatchedHandler handler, Handling handling, BatchLanes lanes) {
    this.handler = handler;
    this.handling = handling;
    this.lanes = lanes;
  }

  BatchedHandler handler() {
    return handler;
  }

  void execute(Runnable attempt) {
    handling.execute(attempt);
  }

  /** Begins with the whole batch, on a thread that the handler may keep. */
  void begin(List<ReceivedMessage> batch) {
    List<DeliveredMessage> decoded = new ArrayList<>(batch.size());
    Map<String, Undecodable> undecodable = new HashMap<>();
    for (ReceivedMessage received : batch) {
      String device = received.deviceId();
      Undecodable before = undecodable.get(device);
      if (before != null) {
        before.andAfter().add(received);
        continue;
      }
      try {
        decoded.add(new DeliveredMessage(handling.decode(received), received));
        devices.add(device);
      } catch (RuntimeException | Error e) { // A defect of the decoder is one message's, too.
        undecodable.put(device, new Undecodable(new ArrayList<>(List.of(received)), e));
      }
    }
    undecodable.forEach(this::putAside);
    add(decoded, Knowledge.NONE);
    next();
  }

  /** A message, and what came after it from its device. */
  private record Undecodable(List<ReceivedMessage> andAfter, Throwable cause) {}

  /** It is not given up before what came before it from its device is handled. */
  private void putAside(String device, Undecodable undecodable) {
    if (devices.contains(device)) {
      lanes.putBack(device, undecodable.andAfter());
      return;
    }
    if (undecodable.cause() instanceof OutOfMemoryError) { // No fault of the message's.
      lanes.putBack(device, undecodable.andAfter());
      handling.afterShortage(() -> lanes.released(device));
      return;
    }
    ReceivedMessage received = undecodable.andAfter().remove(0);
    lanes.putBack(device, undecodable.andAfter());
    handling.undecodable(received, undecodable.cause(), () -> lanes.released(device));
  }

  private void add(List<DeliveredMessage> messages, Knowledge knowledge) {
    if (!messages.isEmpty()) {
      parts.addFirst(new Part(List.copyOf(messages), knowledge));
    }
  }

  void timedOut(BatchCall call, HandlerException cause) {
    handling.timedOut(
        call.messages().stream().map(each -> (ReceivedMessage) each.delivery()).toList(), cause);
  }

  /** A call has succeeded. */
  void succeeded(BatchCall call) {
    handling.succeeded(call);
    call.messages().forEach(each -> handling.settle((ReceivedMessage) each.delivery()));
    learn(Knowledge.SUSPECT);
    goOn();
  }

  /** A call has failed; one that keeps its thread keeps nobody from trying another message. */
  void failed(BatchCall call, Throwable cause) {
    handling.partFailed(call);
    call.whenReturned(() -> search(call, cause));
  }

  private void search(BatchCall call, Throwable cause) {
    List<DeliveredMessage> messages = call.messages();
    int named = named(cause, messages.size());
    learn(Knowledge.NONE);
    if (messages.size() == 1) {
      failsAlone(call, cause);
    } else if (named >= 0) {
      handling.failedByName();
      add(messages.subList(named + 1, messages.size()), Knowledge.NONE);
      add(messages.subList(named, named + 1), Knowledge.NONE);
      add(messages.subList(0, named), Knowledge.CLEARED);
    } else {
      handling.failedTogether(call, cause);
      add(messages, Knowledge.SUSPECT);
    }
    goOn();
  }

  /** The place of the message that the handler names, or -1: it is not believed twice in vain. */
  private int named(Throwable cause, int size) {
    return cause instanceof BatchFailedException named
            && ofCalled != Knowledge.CLEARED
            && named.index() >= 0
            && named.index() < size
        ? named.index()
        : -1;
  }

  private void learn(Knowledge ofWhatDepends) {
    Part next = parts.peek();
    if (next != null && next.knowledge() == Knowledge.DEPENDS) {
      parts.remove();
      parts.addFirst(next.with(ofWhatDepends));
    }
  }

  private void failsAlone(BatchCall call, Throwable cause) {
    DeliveredMessage message = call.messages().get(0);
    String device = message.delivery().deviceId();
    devices.remove(device); // It is not released with this batch, but by the end of its message.
    lanes.putBack(device, takeOut(device));
    handling.failedAlone(message, cause, lanes);
  }

  private List<ReceivedMessage> takeOut(String device) {
    List<ReceivedMessage> taken = new ArrayList<>();
    List<Part> left = new ArrayList<>(parts);
    parts.clear();
    for (Part part : left) {
      List<DeliveredMessage> others = new ArrayList<>();
      for (DeliveredMessage each : part.messages()) {
        if (each.delivery().deviceId().equals(device)) {
          taken.add((ReceivedMessage) each.delivery());
        } else {
          others.add(each);
        }
      }
      if (!others.isEmpty()) {
        parts.add(new Part(List.copyOf(others), part.knowledge()));
      }
    }
    return taken;
  }

  private void goOn() {
    handling.execute(this::next);
  }

  private void next() {
    if (handling.isAbandoned()) {
      parts.forEach(part -> handling.abandoned(part.messages().size()));
      parts.clear();
      return;
    }
    Part part = parts.poll();
    while (part != null && !part.isOne() && isToBeSplit(part)) {
      part = parts.poll();
    }
    if (part == null) {
      lanes.finished(devices);
    } else {
      ofCalled = part.knowledge();
      handling.attempt(
          new BatchCall(part.messages(), this, handling.deadlines(), handling.observers()));
    }
  }

  private boolean isToBeSplit(Part part) {
    int size = part.messages().size();
    if (handling.isTroubled(BatchCall.kindOf(part.messages()))) {
      split(part, 1, isSuspect(part) ? Knowledge.DEPENDS : Knowledge.NONE);
    } else if (part.knowledge() == Knowledge.SUSPECT) {
      split(part, size / 2, Knowledge.DEPENDS);
    } else {
      return false;
    }
    return true;
  }

  private static boolean isSuspect(Part part) {
    return part.knowledge() == Knowledge.SUSPECT || part.knowledge() == Knowledge.DEPENDS;
  }

  private void split(Part part, int size, Knowledge ofTheRest) {
    add(part.messages().subList(size, part.messages().size()), ofTheRest);
    add(part.messages().subList(0, size), Knowledge.NONE);
  }
}
