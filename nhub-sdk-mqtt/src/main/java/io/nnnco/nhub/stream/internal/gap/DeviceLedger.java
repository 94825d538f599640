package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.DeviceGaps;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import io.nnnco.nhub.stream.gap.GapLedger;
import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.stream.gap.GapStats;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All devices. It is told what arrives and what happens to the connection, and has to be woken from
 * time to time; it has no threads. Thread-safe: messages of one device one at a time, those of
 * different devices in any order.
 */
public final class DeviceLedger implements GapLedger {
  /** Longer ones come from nobody's device, and are not followed. */
  static final int LONGEST_ID = 200;

  /** So many devices, and such a share of all, are no coincidence. */
  private static final int SHARED_DEVICES = 5;

  /** Of so many devices, that which was not heard for longest is forgotten. */
  private static final int CANDIDATES = 16;

  private static final double SHARED_SHARE = 0.2;

  /** Nobody has looked for longer than that: this machine slept, or its clock was set. */
  private static final long ASLEEP = 4 * GapWatch.PERIOD.toMillis();

  private static final long NEVER = Long.MIN_VALUE;
  private static final double QUIET = 2.5;
  private static final double LONG_QUIET = 8;

  private final GapOptions options;
  private final InstantSource wall;
  private final Consumer<SubscriptionEvent> events;
  private final Books books;
  private final Map<String, DeviceHistory> devices = new ConcurrentHashMap<>();
  private volatile long lastArrival = NEVER;
  private volatile long listeningSince = Long.MAX_VALUE;
  private Iterator<DeviceHistory> turn = devices.values().iterator();
  private @Nullable Instant lostSince;
  private long lastLook = NEVER;
  private long asleepFrom = NEVER;
  private long asleepTo = NEVER;

  /**
   * A ledger without entries.
   *
   * @param events told what happens to gaps, without a lock
   */
  public DeviceLedger(GapOptions options, InstantSource wall, Consumer<SubscriptionEvent> events) {
    this.options = options;
    this.books = new Books(options.silentAfter());
    this.wall = wall;
    this.events = events;
  }

  /** An uplink of a device arrived, and waits for its turn. */
  public void heard(String deviceId, long arrival) {
    lastArrival = arrival;
    DeviceHistory device = devices.get(deviceId);
    if (device != null) {
      device.heard(arrival);
    }
  }

  /** The turn of an uplink has come. */
  public void uplink(String deviceId, long sent, long arrival) {
    DeviceHistory device = devices.get(deviceId);
    if (device == null) {
      if (deviceId.length() > LONGEST_ID) {
        return;
      }
      device = follow(deviceId, arrival);
    }
    List<SubscriptionEvent> told = device.uplink(sent, arrival);
    if (!told.isEmpty()) { // Or there would be an iterator for each message.
      told.forEach(events);
    }
  }

  /** A device joined the network. */
  public void joined(String deviceId, long arrival) {
    DeviceHistory device = devices.get(deviceId);
    if (device != null) {
      device.joined(arrival);
    }
  }

  private DeviceHistory follow(String deviceId, long arrival) {
    if (devices.size() >= options.maxDevices()) {
      evict();
    }
    return devices.computeIfAbsent(deviceId, id -> new DeviceHistory(id, arrival, books));
  }

  /** Makes room for one. Looks at a few at a time, since the next message waits for it. */
  private synchronized void evict() {
    while (devices.size() >= options.maxDevices()) {
      DeviceHistory longest = nextInTurn();
      for (int other = 1; other < CANDIDATES; other++) {
        DeviceHistory candidate = nextInTurn();
        longest = candidate.heard() < longest.heard() ? candidate : longest;
      }
      if (devices.remove(longest.id(), longest)) {
        books.evicted.increment();
      }
    }
  }

  private DeviceHistory nextInTurn() {
    if (!turn.hasNext()) {
      turn = devices.values().iterator();
    }
    return turn.next();
  }

  /**
   * The connection is lost, or an attempt to connect has failed.
   *
   * @param possibly since when nothing may have arrived, if nothing did
   */
  public synchronized void connectionLost(Instant at, Instant possibly) {
    if (listeningSince != Long.MAX_VALUE && lostSince == null) {
      Instant last = Instant.ofEpochMilli(Math.min(lastArrival, at.toEpochMilli()));
      Instant dead = possibly.toEpochMilli() < asleepTo ? earlier(possibly, asleepFrom) : possibly;
      lostSince = last.isAfter(dead) ? last : dead;
    }
    listeningSince = Long.MAX_VALUE;
  }

  private static Instant earlier(Instant one, long other) {
    return one.toEpochMilli() < other ? one : Instant.ofEpochMilli(other);
  }

  /** Messages arrive again, or for the first time. */
  public synchronized void connectionRestored(Instant at, boolean sessionPresent) {
    Instant lost = lostSince;
    if (lost != null) {
      books.outages.add(
          lost.toEpochMilli(),
          at.toEpochMilli(),
          sessionPresent ? GapCause.CONNECTION_OUTAGE : GapCause.SESSION_LOST);
    }
    lostSince = null;
    listeningSince = at.toEpochMilli();
  }

  /** What was sent between these times may be lost. */
  public void sessionLost(Instant from, Instant to) {
    books.outages.add(from.toEpochMilli(), to.toEpochMilli(), GapCause.SESSION_LOST);
  }

  /** Messages wait at the bridge, because nobody takes them here; that is no silence. */
  public synchronized void notListening() {
    if (listeningSince != Long.MAX_VALUE) {
      listeningSince = wall.instant().toEpochMilli();
    }
  }

  /** Time has passed: reports silent devices, and what late messages have filled. */
  public void tick() {
    long now = wall.instant().toEpochMilli();
    noticeSleep(now);
    long since = listeningSince;
    if (since != Long.MAX_VALUE) {
      lookForSharedSilence(now, since);
    }
    for (DeviceHistory device : devices.values()) {
      if (since != Long.MAX_VALUE) {
        SubscriptionEvent opened = device.overdue(now, since);
        if (opened != null) {
          events.accept(opened);
        }
      }
      device.corrections(now).forEach(events);
    }
  }

  /** What could not arrive meanwhile is no silence. */
  private synchronized void noticeSleep(long now) {
    if (lastLook != NEVER && Math.abs(now - lastLook) > ASLEEP) {
      asleepFrom = lastLook;
      asleepTo = now;
      if (listeningSince != Long.MAX_VALUE) {
        listeningSince = now;
      }
    }
    lastLook = now;
  }

  /** Devices that fell silent lately, as a share of those that send. */
  private void lookForSharedSilence(long now, long since) {
    int quiet = 0;
    int active = 0;
    long from = now;
    for (DeviceHistory device : devices.values()) {
      double intervals = device.quiet(now);
      boolean lately = intervals < LONG_QUIET || device.heard() >= books.outages.sharedSince();
      if (intervals > QUIET && lately && device.heard() > since) {
        quiet++;
        from = Math.min(from, device.heard());
      } else if (intervals >= 0 && intervals <= QUIET) {
        active++;
      }
    }
    if (quiet >= SHARED_DEVICES && quiet >= SHARED_SHARE * (quiet + active)) {
      books.outages.sharedSince(from);
    } else {
      books.outages.sharedUntil(now);
    }
  }

  @Override
  public GapStats stats() {
    int regular = 0;
    int irregular = 0;
    int silent = 0;
    for (DeviceHistory device : devices.values()) {
      regular += device.isRegular() ? 1 : 0;
      irregular += device.isIrregular() ? 1 : 0;
      silent += device.isSilent() ? 1 : 0;
    }
    return new GapStats(
        devices.size(),
        regular,
        irregular,
        silent,
        books.evicted.sum(),
        books.uplinks.sum(),
        books.duplicates.sum(),
        books.late.sum(),
        books.gaps.sum(),
        books.filled.sum(),
        books.missing());
  }

  @Override
  public Optional<DeviceGaps> device(String deviceId) {
    DeviceHistory device = devices.get(Objects.requireNonNull(deviceId, "deviceId"));
    return Optional.ofNullable(device).map(each -> each.snapshot(wall.instant().toEpochMilli()));
  }

  @Override
  public List<Gap> silent() {
    long now = wall.instant().toEpochMilli();
    List<Gap> open = new ArrayList<>();
    for (DeviceHistory device : devices.values()) {
      Gap gap = device.silence(now);
      if (gap != null) {
        open.add(gap);
      }
    }
    open.sort(Comparator.comparing(Gap::from));
    return open;
  }
}
