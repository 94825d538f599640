package io.nnnco.nhub.testkit.internal.bridge.broker;

import io.nnnco.nhub.testkit.ClientDelivery.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the broker stores about a client (M16 in docs/bridge.md): messages that wait, and messages
 * sent and not acknowledged.
 *
 * <p>So many messages of QoS 1 and 2 wait, as in mosquitto beside those in flight. QoS 0 messages
 * wait only while the client is connected, at most {@value #MAX_WAITING} of them and {@value
 * #MAX_WAITING_BYTES} bytes. Further ones are dropped and counted.
 */
public final class Session {
  static final int MAX_WAITING = 1_000;
  static final int MAX_WAITING_BYTES = 1 << 20;
  private static final int MAX_PACKET_ID = 0xFFFF;

  private final String clientId;
  private final String enterprise;
  private final InstantSource clock;
  private final int maximumQueued;
  private final Broker.Observer observer;

  private final Deque<Outgoing> again = new ArrayDeque<>();
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private final Deque<Outgoing> waitingQos0 = new ArrayDeque<>();
  private final Map<Integer, Outgoing> inFlight = new LinkedHashMap<>();
  private final Set<Integer> unreleased = new HashSet<>();
  private long waitingQos0Bytes;
  private long dropped;
  private int lastPacketId;

  private @Nullable ClientConnection connection;
  private int receiveMaximum;
  private long maximumPacketSize;
  private Duration expiry = Duration.ZERO;
  private @Nullable Will will;
  private Instant leftAt;

  Session(
      String clientId,
      String enterprise,
      InstantSource clock,
      int maximumQueued,
      Broker.Observer observer) {
    this.clientId = clientId;
    this.enterprise = enterprise;
    this.clock = clock;
    this.maximumQueued = maximumQueued;
    this.observer = observer;
    this.leftAt = clock.instant();
  }

  void attach(ClientConnection newConnection, Broker.SessionRequest request) {
    connection = newConnection;
    receiveMaximum = request.receiveMaximum();
    maximumPacketSize = request.maximumPacketSize();
    expiry = request.expiry();
    will = request.will();
  }

  /**
   * The connection has ended: messages in flight must be sent again, in order, before the others.
   */
  void detach() {
    connection = null;
    leftAt = clock.instant();
    List<Outgoing> unacknowledged = new ArrayList<>(inFlight.values());
    inFlight.clear();
    unacknowledged.addAll(again);
    again.clear();
    again.addAll(unacknowledged);
    drop(waitingQos0);
    waitingQos0Bytes = 0;
  }

  /** Takes the will away: it is published once, or never if the client disconnects in order. */
  @Nullable Will takeWill() {
    Will taken = will;
    will = null;
    return taken;
  }

  /** Whether the client has been disconnected for longer than its will allows. */
  boolean willIsDue() {
    return will != null
        && connection == null
        && !clock.instant().isBefore(leftAt.plus(will.delay()));
  }

  /** Whether it has expired because the client has not reconnected. */
  boolean expired() {
    return connection == null && !clock.instant().isBefore(leftAt.plus(expiry));
  }

  /** Nothing of it will be delivered any more. */
  void end() {
    drop(again);
    drop(waiting);
    drop(waitingQos0);
    inFlight.values().forEach(outgoing -> outgoing.settle(State.DROPPED, clock.instant()));
    inFlight.clear();
  }

  private void drop(Deque<Outgoing> queue) {
    queue.forEach(outgoing -> outgoing.settle(State.DROPPED, clock.instant()));
    queue.clear();
  }

  /** Accepts a message for the client, to be sent by {@link #deliver()}. */
  void add(Outgoing outgoing) {
    if (outgoing.qos() > 0) {
      if (waiting.size() < maximumQueued) {
        waiting.add(outgoing);
      } else {
        dropForWantOfRoom(outgoing);
      }
    } else if (connection == null) {
      outgoing.settle(State.DROPPED, clock.instant());
    } else if (waitingQos0.size() >= MAX_WAITING
        || waitingQos0Bytes + outgoing.message().payload().length > MAX_WAITING_BYTES) {
      dropForWantOfRoom(outgoing);
    } else {
      waitingQos0.add(outgoing);
      waitingQos0Bytes += outgoing.message().payload().length;
    }
  }

  private void dropForWantOfRoom(Outgoing outgoing) {
    dropped++;
    observer.dropped(clientId, outgoing.message());
    outgoing.settle(State.DROPPED, clock.instant());
  }

  /** Sends what may be sent now. */
  public void deliver() {
    while (connection != null && connection.writable()) {
      Outgoing next = next();
      if (next == null) {
        return;
      }
      if (next.isReceived()) {
        inFlight.put(next.packetId(), next);
        connection.release(next);
      } else if (next.packetSize() > maximumPacketSize || next.message().expired(clock.instant())) {
        next.settle(State.DROPPED, clock.instant());
      } else {
        send(next, connection);
      }
    }
  }

  /**
   * In the order of arrival, but QoS 0 overtakes a QoS 1 message that the receive maximum holds
   * back.
   */
  private @Nullable Outgoing next() {
    boolean windowOpen = inFlight.size() < receiveMaximum;
    if (windowOpen && !again.isEmpty()) {
      return again.remove();
    }
    Outgoing qos1 = windowOpen ? waiting.peek() : null;
    Outgoing qos0 = waitingQos0.peek();
    if (qos1 != null && (qos0 == null || qos1.sequence() < qos0.sequence())) {
      return waiting.remove();
    }
    if (qos0 != null) {
      waitingQos0Bytes -= qos0.message().payload().length;
      return waitingQos0.remove();
    }
    return null;
  }

  private void send(Outgoing outgoing, ClientConnection to) {
    if (outgoing.qos() > 0) {
      if (outgoing.packetId() == 0) {
        outgoing.number(freePacketId());
      }
      inFlight.put(outgoing.packetId(), outgoing);
    }
    outgoing.sending(clock.instant());
    boolean sent = to.send(outgoing);
    if (!sent) {
      outgoing.notSent();
    }
    if (outgoing.qos() == 0) {
      outgoing.settle(sent ? State.SENT : State.DROPPED, clock.instant());
    }
  }

  private int freePacketId() {
    do {
      lastPacketId = lastPacketId % MAX_PACKET_ID + 1;
    } while (inFlight.containsKey(lastPacketId));
    return lastPacketId;
  }

  /** The message that a PUBACK with this packet id would acknowledge; null if there is none. */
  public @Nullable Outgoing inFlight(int packetId) {
    return inFlight.get(packetId);
  }

  /** Processes a PUBACK; the receipt is updated when this returns. */
  public void acknowledge(int packetId) {
    Outgoing outgoing = inFlight.remove(packetId);
    if (outgoing != null) {
      outgoing.settle(State.ACKNOWLEDGED, clock.instant());
    }
  }

  /**
   * Processes a PUBREC: sends the PUBREL.
   *
   * @return whether there is such a message
   */
  public boolean received(int packetId) {
    Outgoing outgoing = inFlight.get(packetId);
    if (outgoing == null || connection == null) {
      return false;
    }
    outgoing.received();
    connection.release(outgoing);
    return true;
  }

  /** Processes a PUBREC that refuses the message. */
  public void refused(int packetId) {
    Outgoing outgoing = inFlight.remove(packetId);
    if (outgoing != null) {
      outgoing.settle(State.DROPPED, clock.instant());
    }
  }

  /** Notes a message of QoS 2 from the client; returns whether it is new. */
  public boolean arrived(int packetId) {
    return unreleased.add(packetId);
  }

  /** Forgets it, since its PUBREL has come; returns whether it was there. */
  public boolean released(int packetId) {
    return unreleased.remove(packetId);
  }

  void expiry(Duration newExpiry) {
    expiry = newExpiry;
  }

  public @Nullable ClientConnection connection() {
    return connection;
  }

  public boolean connected() {
    return connection != null;
  }

  public String clientId() {
    return clientId;
  }

  public String enterprise() {
    return enterprise;
  }

  public Duration expiry() {
    return expiry;
  }

  /** Topics of the messages sent and not acknowledged, including on an earlier connection. */
  public List<String> unacknowledged() {
    List<Outgoing> all = new ArrayList<>(inFlight.values());
    all.addAll(again);
    return all.stream().map(outgoing -> outgoing.message().topic()).toList();
  }

  /** How many messages wait. */
  public int queued() {
    return waiting.size() + waitingQos0.size();
  }

  /** How many messages were dropped because too many were waiting. */
  public long dropped() {
    return dropped;
  }
}
