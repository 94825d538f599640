package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.HandlerInterceptor.Settlement;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages in: each is entered into the ledger as it arrives, is at work while the window has
 * room for it, and then is in the lane of its device. One that finds no room waits, and is let in
 * by the end of another.
 *
 * <p>Thread-safe. The ledger's lock is held over all that has to stay in the order of arrival, and
 * never while foreign code runs.
 */
final class Admission {
  private final Counters counters;
  private final AckLedger ledger;
  private final Window<ReceivedMessage> window;
  private final Lanes<ReceivedMessage> lanes;
  private final Observers observers;
  private final HandlerThreads threads;
  private final LongSupplier nanos;
  private volatile boolean open = true;

  Admission(
      Counters counters,
      AckLedger ledger,
      Window<ReceivedMessage> window,
      Lanes<ReceivedMessage> lanes,
      Observers observers,
      HandlerThreads threads,
      LongSupplier nanos) {
    this.counters = counters;
    this.ledger = ledger;
    this.window = window;
    this.lanes = lanes;
    this.observers = observers;
    this.threads = threads;
    this.nanos = nanos;
  }

  void connected(Transport transport, boolean sessionPresent) {
    boolean hire;
    List<Settlement> lost;
    synchronized (ledger) {
      ledger.connected(transport, sessionPresent);
      lost = ledger.untold().takeLost();
      window.connected(transport, waiting -> comesAgain(waiting, sessionPresent));
      hire = letIn();
    }
    try {
      if (hire) {
        lanes.hire();
      }
    } finally {
      tellLostWithConnection(lost);
    }
  }

  /** What does not, is owed to nobody any more. */
  private static boolean comesAgain(ReceivedMessage waiting, boolean sessionPresent) {
    if (waiting.needsAcknowledgement() && sessionPresent) {
      return true;
    }
    waiting.owes(null);
    return false;
  }

  void disconnected(Transport transport) {
    List<Settlement> lost;
    synchronized (ledger) {
      ledger.disconnected(transport);
      lost = ledger.untold().takeLost();
      window.disconnected(transport);
    }
    tellLostWithConnection(lost);
  }

  /** How many messages may be taken in at once, at least one. */
  int room() {
    return Math.min(window.room(), ledger.room());
  }

  /** How many bytes may be taken in at once; where none, one message may all the same. */
  long roomBytes() {
    return window.roomBytes();
  }

  /** Messages came, in this order; those that are nothing new leave the list. */
  void enter(List<ReceivedMessage> messages, Transport from) {
    boolean hire = false;
    boolean mayBeOvertaken;
    AckLedger.Entry sent;
    synchronized (ledger) {
      messages.removeIf(message -> !enters(message, from));
      sent = ledger.untold().takeSent();
      mayBeOvertaken = window.isStopped(); // By what waits now, when another thread lets it in.
      if (mayBeOvertaken) {
        hire = lanes.queue(messages);
      }
    }
    try {
      if (hire) {
        lanes.hire();
      } else if (!mayBeOvertaken) {
        lanes.submit(messages);
      }
    } finally {
      tell(sent);
    }
  }

  /** Whether it is to be begun now. */
  private boolean enters(ReceivedMessage received, Transport from) {
    if (received.redelivered()) {
      counters.redelivered.increment();
    }
    if (!received.needsAcknowledgement()) {
      return window.enters(received, from, true);
    }
    AckLedger.Entry entry = ledger.arrived(from, received);
    if (entry == null) {
      return false;
    }
    received.owes(entry);
    if (!window.enters(received, from, ledger.hasRoom())) {
      return false;
    }
    ledger.begun(entry);
    return true;
  }

  /** Under the ledger's lock: lets in what waits. Returns whether to hire, without the lock. */
  private boolean letIn() {
    if (!window.isStopped() || !open) {
      return false;
    }
    List<ReceivedMessage> admitted = new ArrayList<>();
    for (ReceivedMessage next = next(); next != null; next = next()) {
      admitted.add(next);
    }
    if (ledger.isHalfFree()) {
      window.readOn();
    }
    return lanes.queue(admitted);
  }

  private @Nullable ReceivedMessage next() {
    ReceivedMessage next = window.next(ledger.hasRoom());
    if (next != null && next.owed() != null) {
      ledger.begun(next.owed());
    }
    return next;
  }

  /**
   * A message has its verdict.
   *
   * @param onWorker whether the calling thread is a worker, and may send the acknowledgement itself
   */
  void settle(ReceivedMessage message, boolean onWorker) {
    AckLedger.Entry owed = message.owed();
    // Takes a while for large messages, so not under the lock.
    MessageFingerprint fingerprint = owed == null ? null : message.fingerprint();
    long held = message.heldBytes();
    List<Settlement> settlements =
        message.needsAcknowledgement() ? observers.settling(message) : List.of();
    List<Settlement> lost = settlements;
    Transport toFlush = null;
    AckLedger.Entry sent = null;
    boolean hire;
    synchronized (ledger) {
      window.ending(held);
      try {
        if (owed != null && fingerprint != null) {
          toFlush = ledger.done(owed, fingerprint, settlements);
          sent = ledger.untold().takeSent();
          lost = ledger.untold().takeLost();
        }
        hire = letIn();
      } finally {
        window.ended();
      }
    }
    try {
      if (hire) {
        lanes.hire();
      }
    } finally {
      flush(toFlush, onWorker);
      tell(sent);
      tellLost(lost);
    }
  }

  /** Without a lock, since it runs foreign code. */
  private void tell(AckLedger.@Nullable Entry first) {
    if (first == null) {
      return;
    }
    long now = nanos.getAsLong();
    for (AckLedger.Entry sent = first; sent != null; sent = sent.takeNextSent()) {
      sent.recordSent();
      List<Settlement> settlements = sent.takeSettlements();
      if (!settlements.isEmpty()) {
        threads.runAsHandler(() -> observers.settled(settlements));
      }
      observers.acknowledged(now - sent.arrivedNanos());
    }
  }

  /** Without a lock, too. */
  private void tellLost(List<Settlement> settlements) {
    if (!settlements.isEmpty()) {
      threads.runAsHandler(() -> observers.lost(settlements));
    }
  }

  /** Whoever brings the news holds locks of the connection, so that a worker has to tell it. */
  private void tellLostWithConnection(List<Settlement> settlements) {
    if (!settlements.isEmpty()) {
      threads.execute(() -> observers.lost(settlements));
    }
  }

  private static void flush(@Nullable Transport toFlush, boolean onWorker) {
    if (toFlush != null) {
      toFlush.flush(onWorker);
    }
  }

  /** Stops or goes on. */
  void pause(boolean on) {
    boolean hire;
    synchronized (ledger) {
      window.pause(on);
      hire = letIn();
    }
    if (hire) {
      lanes.hire();
    }
  }

  /** Lets nothing in any more. */
  void close() {
    open = false;
  }

  boolean isOpen() {
    return open;
  }
}
