package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.internal.OwnThreads;
import io.nnnco.nhub.identity.internal.DirectoryEvents;
import io.nnnco.nhub.identity.internal.IdentityPlace;
import io.nnnco.nhub.identity.internal.IdentityWatch;
import io.nnnco.nhub.identity.internal.Sight;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the files of an identity for one client, until it is closed. Thread-safe. */
final class WatchedSupply implements CredentialsSource.Supply {
  private static final Logger log = LoggerFactory.getLogger(WatchedIdentity.class);

  /** For a client that is built while somebody replaces the files. */
  private static final int FIRST_ATTEMPTS = 5;

  /** A change has several events. */
  private static final Duration AFTER_EVENT = Duration.ofMillis(50);

  private static final Duration BETWEEN_FIRST_ATTEMPTS = Duration.ofMillis(200);

  private final IdentityWatch watch;
  private final Duration interval;
  private final ScheduledExecutorService scheduler;
  private final boolean ownsScheduler;
  private final CredentialsSource.Recipient client;
  private final ClientIdentity first;
  private @Nullable DirectoryEvents events;
  private @Nullable ScheduledFuture<?> next;
  private boolean settled = true;
  private boolean closed;

  private WatchedSupply(
      IdentityWatch watch,
      ClientIdentity first,
      Duration interval,
      @Nullable ScheduledExecutorService scheduler,
      CredentialsSource.Recipient client) {
    this.watch = watch;
    this.first = first;
    this.interval = interval;
    this.ownsScheduler = scheduler == null;
    this.scheduler = scheduler == null ? ownScheduler() : scheduler;
    this.client = client;
  }

  static WatchedSupply begin(
      IdentityPlace place,
      IdentityWatch watch,
      Duration interval,
      @Nullable ScheduledExecutorService scheduler,
      CredentialsSource.Recipient client) {
    ClientIdentity first = first(watch);
    WatchedSupply supply = new WatchedSupply(watch, first, interval, scheduler, client);
    supply.start(place);
    return supply;
  }

  private static ClientIdentity first(IdentityWatch watch) {
    for (int attempt = 1; ; attempt++) {
      try {
        return watch.first();
      } catch (IdentityException e) {
        if (attempt == FIRST_ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_FIRST_ATTEMPTS.toNanos());
      }
    }
  }

  private static ScheduledExecutorService ownScheduler() {
    ScheduledThreadPoolExecutor own =
        new ScheduledThreadPoolExecutor(1, task -> OwnThreads.daemon("nhub-identity", task));
    own.setRemoveOnCancelPolicy(true);
    return own;
  }

  private synchronized void start(IdentityPlace place) {
    lookIn(interval);
    events = DirectoryEvents.of(place, this::changed);
  }

  /** What is unsettled is looked at again soon, anyway. */
  private synchronized void changed() {
    if (settled && next != null && next.getDelay(TimeUnit.NANOSECONDS) > AFTER_EVENT.toNanos()) {
      lookIn(AFTER_EVENT);
    }
  }

  private synchronized void lookIn(Duration delay) {
    if (closed) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    try {
      next = scheduler.schedule(this::look, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.error("An executor that was shut down cannot watch the identity any more.", e);
    }
  }

  /** One at a time. A file system may take its time, and nobody waits for it. */
  private void look() {
    Duration again = interval;
    try {
      again = tell(watch.look(client.clock().instant()));
    } catch (RuntimeException | Error e) { // Also a lack of memory is no reason to stop watching.
      log.error("This is a defect of the N-Hub SDK: please report it", e);
    }
    lookIn(again);
  }

  /** Tells the client, and says how long to wait until the next look. */
  private synchronized Duration tell(Sight sight) {
    if (closed) {
      return interval;
    }
    settled = !(sight instanceof Sight.Unsettled);
    if (sight instanceof Sight.Unsettled unsettled) {
      return unsettled.lookAgainIn();
    } else if (sight instanceof Sight.Another another) {
      client.offer(another.identity());
    } else if (sight instanceof Sight.Unusable unusable) {
      client.unusable(unusable.cause());
    } else if (sight instanceof Sight.Recovered) {
      client.recovered();
    }
    return interval;
  }

  @Override
  public Credentials first() {
    return first;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
    if (events != null) {
      events.close();
    }
    if (ownsScheduler) {
      scheduler.shutdown();
    }
  }
}
