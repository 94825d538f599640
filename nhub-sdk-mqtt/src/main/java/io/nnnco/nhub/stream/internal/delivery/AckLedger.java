package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.internal.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is owed an acknowledgement. It sends them in the order in which the messages arrived, as MQTT
 * asks (MQTT-4.6.0-2), and only on the connection that the message came on: a packet id means
 * nothing on another one.
 *
 * <p>When a session goes on over a new connection, the server sends again what was not
 * acknowledged. A message that is still at work here is recognised then, by packet id and content,
 * and waits for the same handler instead of a second one; one that was finished meanwhile is
 * acknowledged at once.
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
  private final Overrun overrun;
  private boolean overrunning;
  private @Nullable Transport connection;

  /** Hears under the ledger's lock whether the server sends more than the window allows. */
  @FunctionalInterface
  interface Overrun {
    /** It begins or ends. */
    void is(boolean on);
  }

  /** One message that is owed an acknowledgement. Guarded by the ledger. */
  static final class Entry {
    private final ReceivedMessage message;
    private boolean done;
    private boolean acknowledged;

    private Entry(ReceivedMessage message) {
      this.message = message;
    }
  }

  /**
   * An empty ledger.
   *
   * @param window how many messages the server may have in flight, and so how many acknowledgements
   *     it may not have seen
   * @param overrun some servers take no notice of the receive maximum, Mosquitto 2.0 for one
   */
  AckLedger(int window, Counters counters, Overrun overrun) {
    this.window = window;
    this.counters = counters;
    this.overrun = overrun;
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

  private void carryOver() {
    acknowledged.forEach(this::carryOver);
    acknowledged.clear();
    arrivals.forEach(this::carryOver);
    arrivals.clear();
    forgetOldest();
    connection = null;
    watchWindow();
  }

  /** More than the window is an overrun, until half of the window is free. */
  private void watchWindow() {
    boolean now = arrivals.size() > (overrunning ? window / 2 : window);
    if (now != overrunning) {
      overrunning = now;
      overrun.is(now);
    }
  }

  /** A packet id that is used again belongs to the youngest, not where it stood before. */
  private void carryOver(Entry entry) {
    Integer packetId = entry.message.packetId();
    carriedOver.remove(packetId);
    carriedOver.put(packetId, entry);
  }

  /**
   * Of what is finished the server may still miss a window's worth, and as much again may have been
   * acknowledged since, in a redelivery that broke off. Older ones it has seen.
   */
  private void forgetOldest() {
    long surplus = carriedOver.values().stream().filter(entry -> entry.done).count() - 2L * window;
    Iterator<Entry> oldest = carriedOver.values().iterator();
    while (surplus > 0) {
      if (oldest.next().done) {
        oldest.remove();
        surplus--;
      }
    }
  }

  /**
   * A message came; call in the order of arrival.
   *
   * @return what to settle when it is finished; null where there is nothing to do, because the
   *     connection is an old one, or the message is at work already
   */
  synchronized @Nullable Entry arrived(Transport from, ReceivedMessage message) {
    if (from != connection) {
      return null;
    }
    Entry known = carriedOver.isEmpty() ? null : carriedOver.remove(message.packetId());
    if (known != null && known.message.sameAs(message)) {
      if (!message.redelivered()) { // one with the DUP flag is counted already
        counters.redelivered.increment();
      }
      known.message.cameAgain();
      arrivals.add(known);
      release();
      return null;
    }
    Entry entry = new Entry(message);
    arrivals.add(entry);
    watchWindow();
    return entry;
  }

  /** The message is finished: it, and what waits behind it, may be acknowledged. */
  synchronized void done(Entry entry) {
    entry.done = true;
    release();
  }

  /** Whether the server may send nothing more, though most may be finished behind a slow one. */
  synchronized boolean isFull() {
    return arrivals.size() >= window;
  }

  /** How many messages are owed an acknowledgement. */
  synchronized int owed() {
    long carried = carriedOver.values().stream().filter(entry -> !entry.acknowledged).count();
    return arrivals.size() + (int) carried;
  }

  private void release() {
    Transport transport = connection;
    if (transport == null) {
      return;
    }
    boolean released = false;
    for (Entry head = arrivals.peek(); head != null && head.done; head = arrivals.peek()) {
      arrivals.remove();
      acknowledge(transport, head);
      released = true;
    }
    watchWindow();
    if (released && arrivals.isEmpty()) {
      transport.flush();
    }
  }

  private void acknowledge(Transport transport, Entry entry) {
    counters.acknowledged.increment();
    transport.acknowledge(entry.message.packetId());
    entry.acknowledged = true;
    acknowledged.add(entry);
    if (acknowledged.size() > window) {
      acknowledged.remove();
    }
  }
}
