package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Suspects a timestamp that would be near the present in another unit than milliseconds, and tells
 * it once for each. A device whose clock starts at 1970 comes near it as well, some two weeks after
 * it was switched on: so it is a suspicion, and no timestamp is changed. Thread-safe.
 */
final class TimestampUnits {
  private static final long NEAR = 10L * 366 * 24 * 60 * 60 * 1_000;

  private final DeliveryListener listener;
  private final AtomicIntegerArray told = new AtomicIntegerArray(3);

  TimestampUnits(DeliveryListener listener) {
    this.listener = listener;
  }

  /** Looks at a message that came now. */
  void look(DeviceMessage message, Instant now) {
    long stamped = message.timestamp().toEpochMilli();
    long present = now.toEpochMilli();
    if (isNear(stamped, present)) {
      return;
    }
    if (Math.abs(stamped) < present && isNear(stamped * 1_000, present)) {
      tell(0, 1_000, message, now);
    } else if (isNear(stamped / 1_000, present)) {
      tell(1, 0.001, message, now);
    } else if (isNear(stamped / 1_000_000, present)) {
      tell(2, 0.000_001, message, now);
    }
  }

  private static boolean isNear(long stamped, long present) {
    return stamped > present - NEAR && stamped < present + NEAR;
  }

  private void tell(int unit, double factor, DeviceMessage message, Instant now) {
    if (told.getAndSet(unit, 1) == 0) {
      listener.onEvent(
          new SubscriptionEvent.TimestampUnitSuspected(
              now, message.deviceId(), message.timestamp(), factor));
    }
  }
}
