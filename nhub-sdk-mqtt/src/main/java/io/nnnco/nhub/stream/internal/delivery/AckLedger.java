package io.nnnco.nhub.stream.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.nnnco.nhub.stream.HandlerInterceptor.Settlement;
import io.nnnco.nhub.stream.internal.recording.AcknowledgementEvent;
import io.nnnco.nhub.stream.internal.recording.FlightRecording;
import io.nnnco.nhub.stream.internal.recording.Stall;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is owed an acknowledgement. It sends them in the order in which the messages arrived, as MQTT
 * asks (MQTT-4.6.0-2), and only on the connection that the message came on: a packet id means
 * nothing on another one.
 *
 * <p>When a session goes on over a new connection, the server sends again what was not
 * acknowledged. A message that is still at work here is recognised then, by packet id and content,
 * and waits for the same handler instead of a second one; one that was finished meanwhile is
 * acknowledged at once. Either may lack the DUP flag, which MQTT demands and not every server sets:
 * until a PUBACK the server may give the packet id to no other message.
 *
 * <p>After a PUBACK it may, at once, even to a message of the same content. So what was
 * acknowledged here, and comes because the PUBACK was lost, is recognised only by the DUP flag;
 * without it the message is new, and at worst is handled twice.
 *
 * <p>Of a finished message only a fingerprint is kept, for the content may be large.
 *
 * <p>Thread-safe. Acknowledgements leave under its lock, which keeps their order; who does several
 * things at once holds it meanwhile.
 */
final class AckLedger {
  private final Deque<Entry> arrivals = new ArrayDeque<>();
  private final Map<Integer, Entry> carriedOver = new LinkedHashMap<>();
  private final Deque<Entry> acknowledged = new ArrayDeque<>();
  private final int window;
  private final Counters counters;
  private final Observers observers;
  private final Stall stall = new Stall();
  private final Deque<Long> pings = new ArrayDeque<>();
  private final Untold untold = new Untold();
  private int begun;
  private volatile boolean full;
  private long sent;
  private long heard;
  private boolean subscribed;
  private @Nullable Transport connection;

  /** One message that is owed an acknowledgement. Guarded by the ledger. */
  static final class Entry {
    private final int packetId;
    private final long arrivedNanos;
    private @Nullable ReceivedMessage message;
    private @Nullable MessageFingerprint fingerprint;
    private boolean begun;
    private boolean acknowledged;
    private boolean heard;
    private boolean carriedOver;
    private List<Settlement> settlements = List.of();
    private @Nullable Entry nextSent;
    private @Nullable AcknowledgementEvent recorded;

    private Entry(ReceivedMessage message) {
      this.packetId = message.packetId();
      this.arrivedNanos = message.arrivedNanos();
      this.message = message;
      this.recorded = FlightRecording.acknowledgement(message.deviceId());
    }

    /** When it was read, as {@link System#nanoTime()}. */
    long arrivedNanos() {
      return arrivedNanos;
    }

    /** Who is to be told what has become of its acknowledgement. */
    List<Settlement> takeSettlements() {
      List<Settlement> taken = settlements;
      settlements = List.of();
      return taken;
    }

    /** It was acknowledged after this one. */
    void sentNext(Entry next) {
      nextSent = next;
    }

    /** Records that it was acknowledged, if that is to be. */
    void recordSent() {
      if (recorded != null) {
        recorded.sent();
        recorded = null;
      }
    }

    /** What was acknowledged next; null if nothing was, or when asked again. */
    @Nullable Entry takeNextSent() {
      Entry taken = nextSent;
      nextSent = null;
      return taken;
    }

    /** The message while it is at work; null when it is finished. */
    @Nullable ReceivedMessage message() {
      return message;
    }

    private boolean isDone() {
      return fingerprint != null;
    }

    private boolean is(ReceivedMessage other) {
      if (acknowledged && !other.redelivered()) {
        return false;
      }
      return message != null
          ? message.sameAs(other)
          : requireNonNull(fingerprint).equals(other.fingerprint());
    }
  }

  /**
   * An empty ledger.
   *
   * @param window how many messages the server may have in flight, and so how many acknowledgements
   *     it may not have seen
   */
  AckLedger(int window, Counters counters, Observers observers) {
    this.window = window;
    this.counters = counters;
    this.observers = observers;
  }

  /** A new connection: what was owed on the last one is carried over, if the session is. */
  synchronized void connected(Transport transport, boolean sessionPresent) {
    carryOver();
    connection = transport;
    if (!sessionPresent) {
      carriedOver.clear();
    }
  }

  /** The connection is gone, and with it the right to acknowledge on it. */
  synchronized void disconnected(Transport transport) {
    if (transport == connection) {
      carryOver();
    }
  }

  /** SUBACK came: what the server has to send again, it has sent, or will. */
  synchronized void subscribed(Transport transport) {
    subscribed |= transport == connection;
  }

  /** A PINGREQ goes behind the acknowledgements up to here. */
  synchronized void pinged(Transport transport) {
    if (transport == connection) {
      pings.add(sent);
    }
  }

  /** The first of the PINGREQs that wait for an answer has it. */
  synchronized void ponged(Transport transport) {
    Long before = transport == connection ? pings.poll() : null;
    if (before != null) {
      heard = before;
    }
  }

  /** The server has read the DISCONNECT, and so every acknowledgement. */
  synchronized void parted(Transport transport) {
    if (transport == connection) {
      heard = sent;
    }
  }

  private void carryOver() {
    if (subscribed) {
      carriedOver.values().stream().filter(Entry::isDone).forEach(entry -> entry.heard = true);
    }
    long number = sent - acknowledged.size();
    for (Entry entry : acknowledged) {
      entry.heard = ++number <= heard;
      carryOver(entry);
    }
    acknowledged.clear();
    arrivals.forEach(this::carryOver);
    arrivals.clear();
    arrivalsChanged();
    pings.clear();
    sent = 0;
    heard = 0;
    begun = 0;
    subscribed = false;
    forgetOldest();
    connection = null;
  }

  /**
   * A packet id that is used again belongs to the youngest, not where it stood before; and to
   * nobody, if that was never begun.
   */
  private void carryOver(Entry entry) {
    Integer packetId = entry.packetId;
    entry.carriedOver = true;
    if (!entry.acknowledged) {
      untold.lost(entry);
    }
    carriedOver.remove(packetId);
    if (entry.begun) {
      carriedOver.put(packetId, entry);
    }
  }

  /**
   * Of what is finished the server may still miss a window's worth, and as much again may have been
   * acknowledged since, in a redelivery that broke off. Older ones it has seen.
   */
  private void forgetOldest() {
    long surplus = carriedOver.values().stream().filter(Entry::isDone).count() - 2L * window;
    Iterator<Entry> oldest = carriedOver.values().iterator();
    while (surplus > 0) {
      if (oldest.next().isDone()) {
        oldest.remove();
        surplus--;
      }
    }
  }

  /**
   * A message came; call in the order of arrival.
   *
   * @return what to begin, and to settle when it is finished; null where there is nothing to do,
   *     because the connection is an old one, or the message is at work already
   */
  synchronized @Nullable Entry arrived(Transport from, ReceivedMessage message) {
    if (from != connection) {
      return null;
    }
    Entry known = carriedOver.isEmpty() ? null : carriedOver.remove(message.packetId());
    if (known == null || !known.is(message)) {
      Entry entry = new Entry(message);
      arrivals.add(entry);
      arrivalsChanged();
      return entry;
    }
    if (!message.redelivered()) { // one with the DUP flag is counted already
      counters.redelivered.increment();
    }
    if (known.message != null) {
      known.message.cameAgain();
    }
    known.carriedOver = false;
    arrivals.add(known);
    begun++;
    release(true);
    arrivalsChanged();
    return null;
  }

  /** A message that arrived is at work. */
  synchronized void begun(Entry entry) {
    entry.begun = true;
    begun++;
  }

  /**
   * The message is finished: it, and what waits behind it, may be acknowledged.
   *
   * @param settlements to be told when that has happened, or cannot any more
   * @return the transport to flush, without a lock; null if that need not be
   */
  synchronized @Nullable Transport done(
      Entry entry, MessageFingerprint fingerprint, List<Settlement> settlements) {
    entry.fingerprint = fingerprint;
    entry.settlements = settlements;
    entry.message = null;
    if (entry.carriedOver) {
      untold.lost(entry);
    }
    return release(false);
  }

  /** What became of acknowledgements; guarded by this ledger. */
  Untold untold() {
    return untold;
  }

  /**
   * Whether the server may send nothing more, though most may be finished behind a slow one. Costs
   * no lock.
   */
  boolean isFull() {
    return full;
  }

  private void arrivalsChanged() {
    boolean now = arrivals.size() >= window;
    if (now != full) {
      full = now;
      if (now) {
        stall.begin(Stall.Reason.RECEIVE_MAXIMUM);
      } else {
        stall.end();
      }
    }
  }

  /**
   * Whether one more may be begun. Some servers take no notice of the receive maximum, Mosquitto
   * 2.0 for one; what they send beyond it waits, finished here or not. The first in the order of
   * arrival always may: before it, none of those behind it can be acknowledged.
   */
  synchronized boolean hasRoom() {
    Entry first = arrivals.peek();
    return begun < window || (first != null && !first.begun);
  }

  /** The share of what may be owed that is. */
  synchronized double used() {
    return (double) begun / window;
  }

  /** Whether half of what may be owed is free. */
  synchronized boolean isHalfFree() {
    return begun <= window / 2;
  }

  /** How many more may be begun, at least one. */
  synchronized int room() {
    return Math.max(1, window - begun);
  }

  /** How many messages were begun and not finished, of all connections of the session. */
  synchronized int unfinished() {
    return (int)
        Stream.concat(arrivals.stream(), carriedOver.values().stream())
            .filter(entry -> entry.begun && !entry.isDone())
            .count();
  }

  /**
   * How many messages are finished, and may come again all the same: where the server has not read
   * the acknowledgement, as far as is known here. A server that has had the time to send one again
   * and has not, or has given it another packet id, does not count.
   */
  synchronized int unheard() {
    Stream<Entry> since = arrivals.stream();
    Stream<Entry> before = subscribed ? Stream.empty() : carriedOver.values().stream();
    return (int) Stream.concat(since, before).filter(Entry::isDone).filter(e -> !e.heard).count();
  }

  /**
   * Acknowledges what may be. What the transport sends no more, since it is leaving, stays owed.
   *
   * @param lingers whether the last one waits for others, too
   * @return the transport to flush; null if that need not be
   */
  private @Nullable Transport release(boolean lingers) {
    Transport transport = connection;
    if (transport == null) {
      return null;
    }
    boolean last = false;
    for (Entry head = arrivals.peek(); head != null && head.isDone(); head = arrivals.peek()) {
      boolean only = arrivals.size() == 1 && !lingers;
      if (!acknowledge(transport, head, !only)) {
        break;
      }
      arrivals.remove();
      begun--;
      last = only;
    }
    arrivalsChanged();
    return last ? transport : null;
  }

  private boolean acknowledge(Transport transport, Entry entry, boolean lingers) {
    if (!transport.acknowledge(entry.packetId, lingers)) {
      return false;
    }
    sent++;
    counters.acknowledged.increment();
    if (!entry.acknowledged && (observers.areTold() || entry.recorded != null)) {
      untold.sent(entry);
    }
    entry.acknowledged = true;
    acknowledged.add(entry);
    if (acknowledged.size() > window) {
      acknowledged.remove();
    }
    return true;
  }
}
