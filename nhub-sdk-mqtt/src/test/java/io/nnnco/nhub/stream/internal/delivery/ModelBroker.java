package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One client's session as MQTT 5 has it (section 4), at the transport port: QoS 1 messages stay
 * until acknowledged, at most a receive maximum of them in flight; after a drop they come again, in
 * their order and with their packet ids, before the SUBACK; an id is used again as soon as its
 * PUBACK was read. A drop loses what was on the wire, both ways. It can be dishonest, as some
 * servers are.
 *
 * <p>Driven by one thread; acknowledgements come on any. It checks each of them against the rules
 * that this SDK promises.
 */
final class ModelBroker {
  /** Few, so that they are used again soon. */
  private static final int IDS = 200;

  private final Random random;
  private final int window;
  private final int total;
  private final ModelDevices devices;
  private final IntPredicate settled;
  private final Consumer<String> violation;
  private final boolean lowestIdFirst;
  private final Set<Integer> answered = new HashSet<>();
  private final Set<Integer> comeUnrecognisable = ConcurrentHashMap.newKeySet();
  private boolean honoursReceiveMaximum = true;
  private boolean keepsPacketIds = true;
  private int lateAtMost;
  private final Map<Integer, Integer> unacknowledged = new LinkedHashMap<>();
  private final Deque<Sent> toRedeliver = new ArrayDeque<>();
  private int published;
  private int redeliveries;
  private int lostAcknowledgements;
  private ModelConnection connection = new ModelConnection(false);

  /** A PUBLISH on its way or there. */
  private record Sent(int packetId, int message) {}

  /**
   * A broker with messages 0 to {@code total - 1} to deliver.
   *
   * @param window the client's receive maximum
   * @param settled whether a message has its verdict, so that it may be acknowledged
   * @param violation told of each broken rule
   */
  ModelBroker(
      Random random,
      int window,
      int total,
      ModelDevices devices,
      IntPredicate settled,
      Consumer<String> violation) {
    this.random = random;
    this.window = window;
    this.total = total;
    this.devices = devices;
    this.settled = settled;
    this.violation = violation;
    this.lowestIdFirst = random.nextBoolean();
  }

  /** Sends as fast as the client reads, as Mosquitto 2.0 does. */
  ModelBroker ignoringReceiveMaximum() {
    honoursReceiveMaximum = false;
    return this;
  }

  /** Gives what it sends again other packet ids, as ActiveMQ Artemis does. */
  ModelBroker renumbering() {
    keepsPacketIds = false;
    return this;
  }

  /** Hands over a few more after reading was stopped, as an engine with a queue of its own does. */
  ModelBroker stoppingLate(int atMost) {
    lateAtMost = atMost;
    return this;
  }

  /** Whether a message came again in such a way that the client could not know it. */
  boolean cameUnrecognisably(int message) {
    return comeUnrecognisable.contains(message);
  }

  synchronized boolean isRead() {
    return connection.reading;
  }

  /** Whether the SUBACK is sent and can be read. */
  synchronized boolean isGranted() {
    return connection.reading && !isRedelivering();
  }

  /** How many messages were sent at least once. */
  int published() {
    return published;
  }

  int redeliveries() {
    return redeliveries;
  }

  int lostAcknowledgements() {
    return lostAcknowledgements;
  }

  synchronized boolean isDone() {
    return published == total && unacknowledged.isEmpty();
  }

  synchronized boolean isRedelivering() {
    return !toRedeliver.isEmpty();
  }

  /** A new connection that goes on with the session. */
  synchronized Transport connect() {
    connection = new ModelConnection(random.nextBoolean());
    toRedeliver.clear();
    if (!keepsPacketIds) {
      renumber();
    }
    unacknowledged.forEach((id, message) -> toRedeliver.add(new Sent(id, message)));
    unacknowledged.values().stream()
        .filter(
            message ->
                !keepsPacketIds || (answered.contains(message) && !connection.marksDuplicates))
        .forEach(comeUnrecognisable::add);
    return connection;
  }

  private void renumber() {
    List<Integer> messages = List.copyOf(unacknowledged.values());
    unacknowledged.clear();
    messages.forEach(message -> unacknowledged.put(freeId(), message));
  }

  /** The connection breaks. What the client acknowledges from here on goes nowhere. */
  synchronized Transport drop() {
    connection.read(random.nextInt(connection.wire.size() + 1));
    lostAcknowledgements += connection.wire.size();
    connection.broken = true;
    for (int lost = random.nextInt(5); lost > 0 && maySend() && !isRedelivering(); lost--) {
      send();
    }
    return connection;
  }

  /** Forgets the session: what the client has not got by now, it will never get. */
  synchronized void loseSession() {
    unacknowledged.clear();
  }

  /** From here on the client knows that the connection is gone. */
  synchronized void ended(Transport transport) {
    ((ModelConnection) transport).ended = true;
  }

  /** Reads some PUBACKs, and takes the next PUBLISH to hand to the client; null if none may go. */
  synchronized @Nullable InboundMessage next() {
    int waiting = connection.wire.size();
    connection.read(waiting == 0 ? 0 : random.nextInt(waiting + 1));
    if (connection.reading && !isRedelivering() && !maySend()) {
      connection.read(connection.wire.size());
    }
    if (!connection.hands() || (!isRedelivering() && !maySend())) {
      return null;
    }
    boolean again = isRedelivering();
    Sent sent = again ? toRedeliver.remove() : send();
    redeliveries += again ? 1 : 0;
    connection.owed.add(sent);
    return devices.publish(sent.message(), sent.packetId(), again && connection.marksDuplicates);
  }

  /** Waits until something may have changed. */
  @SuppressWarnings("WaitNotInLoop") // The caller loops, and looks at more than this knows.
  synchronized void await(long millis) throws InterruptedException {
    if (connection.wire.isEmpty() && !isDone()) {
      wait(millis);
    }
  }

  private boolean maySend() {
    return published < total && (unacknowledged.size() < window || !honoursReceiveMaximum);
  }

  private Sent send() {
    Sent sent = new Sent(freeId(), published++);
    unacknowledged.put(sent.packetId(), sent.message());
    return sent;
  }

  private int freeId() {
    int id = lowestIdFirst ? 0 : random.nextInt(IDS);
    do {
      id = id % IDS + 1;
    } while (unacknowledged.containsKey(id));
    return id;
  }

  /** One connection. Guarded by the broker. */
  private final class ModelConnection implements Transport {
    private final Deque<Sent> owed = new ArrayDeque<>();
    private final Deque<Integer> wire = new ArrayDeque<>();
    private final boolean marksDuplicates;
    private boolean reading = true;
    private int late;
    private boolean broken;
    private boolean ended;

    ModelConnection(boolean marksDuplicates) {
      this.marksDuplicates = marksDuplicates;
    }

    private boolean hands() {
      return reading || late-- > 0;
    }

    private void read(int count) {
      for (int i = 0; i < count; i++) {
        unacknowledged.remove(wire.remove());
      }
    }

    @Override
    public boolean acknowledge(int packetId, boolean lingers) {
      synchronized (ModelBroker.this) {
        if (ended) {
          violation.accept("PUBACK " + packetId + " on a connection that was reported gone");
        }
        Sent next = owed.poll();
        if (next == null || next.packetId() != packetId) {
          violation.accept("PUBACK " + packetId + " where it was the turn of " + next);
        } else if (!settled.test(next.message())) {
          violation.accept("PUBACK of message " + next.message() + " before its verdict");
        }
        if (next != null) {
          answered.add(next.message());
        }
        if (!broken) {
          wire.add(packetId);
        }
        ModelBroker.this.notifyAll();
        return true;
      }
    }

    @Override
    public void unsubscribe(List<String> topicFilters) {
      violation.accept("UNSUBSCRIBE, where all was asked for: " + topicFilters);
    }

    @Override
    public void setReading(boolean on) {
      synchronized (ModelBroker.this) {
        reading = on;
        late = lateAtMost;
        ModelBroker.this.notifyAll();
      }
    }

    @Override
    public void open() {}

    @Override
    public ConnectionPhase phase() {
      return ConnectionPhase.STREAM;
    }

    @Override
    public void disconnect(boolean endSession) {}

    @Override
    public void abort() {}
  }
}
