package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reminds that the certificate in use expires: 30, 7 and 1 days before, once each, and however the
 * clock jumps. A certificate that is valid for less than 90 days is due when a third of its life is
 * left. For one caller.
 */
final class ExpiryWatch {
  static final Duration PERIOD = Duration.ofMinutes(10);

  private static final Duration URGENT = Duration.ofDays(7);
  private static final List<Duration> STAGES =
      List.of(Duration.ofDays(30), URGENT, Duration.ofDays(1));

  private final Consumer<SubscriptionEvent> events;
  private @Nullable ClientIdentity seen;
  private long told;

  ExpiryWatch(Consumer<SubscriptionEvent> events) {
    this.events = events;
  }

  /** Looks time and again, until the future is cancelled. */
  static ScheduledFuture<?> begin(ScheduledExecutorService control, Runnable look) {
    return control.scheduleWithFixedDelay(look, 0, PERIOD.toNanos(), TimeUnit.NANOSECONDS);
  }

  void look(Instant now, Credentials inUse) {
    if (!(inUse instanceof ClientIdentity identity)) {
      return;
    }
    if (!Objects.equals(identity, seen)) {
      seen = identity;
      told = 0;
    }
    long passed = STAGES.stream().filter(stage -> isWithin(stage, identity, now)).count();
    if (passed > told) {
      told = passed;
      events.accept(new SubscriptionEvent.CertificateExpires(now, identity.expiresAt()));
    }
  }

  /** Whether a person should be told whenever they ask how things are. */
  static boolean isUrgent(ClientIdentity identity, Instant now) {
    return isWithin(URGENT, identity, now);
  }

  private static boolean isWithin(Duration stage, ClientIdentity identity, Instant now) {
    Duration third = Duration.between(identity.notBefore(), identity.expiresAt()).dividedBy(3);
    Duration before = stage.compareTo(third) < 0 ? stage : third;
    return !now.isBefore(identity.expiresAt().minus(before));
  }
}
