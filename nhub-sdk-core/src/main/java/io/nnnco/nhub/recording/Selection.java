package io.nnnco.nhub.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a recording are meant.
 *
 * @param deviceIds their devices; empty for all
 * @param time when the first of them arrived at the earliest; null if that does not matter
 * @param offset how long after the first one of the file; zero for all
 */
record Selection(Set<String> deviceIds, @Nullable Instant time, Duration offset) {
  static final Selection ALL = new Selection(Set.of(), null, Duration.ZERO);

  Selection devices(String... ids) {
    if (ids.length == 0) {
      throw new IllegalArgumentException("Give at least one device.");
    }
    return new Selection(Set.of(ids.clone()), time, offset);
  }

  Selection from(Instant earliest) {
    return new Selection(deviceIds, earliest, offset);
  }

  Selection from(Duration afterFirst) {
    if (afterFirst.isNegative()) {
      throw new IllegalArgumentException("The offset must not be negative: " + afterFirst + ".");
    }
    return new Selection(deviceIds, time, afterFirst);
  }

  private boolean isAtOrAfterStart(Instant arrivedAt, Instant first) {
    return (time == null || !arrivedAt.isBefore(time)) && !arrivedAt.isBefore(first.plus(offset));
  }

  Run begin() {
    return new Run();
  }

  /** One way through the file. A clock that was set back does not end what has begun. */
  final class Run {
    private @Nullable Instant first;
    private boolean begun;

    boolean includes(RecordedMessage message) {
      Instant arrivedAt = message.arrivedAt();
      if (first == null) {
        first = arrivedAt;
      }
      begun |= isAtOrAfterStart(arrivedAt, first);
      return begun && (deviceIds.isEmpty() || deviceIds.contains(message.deviceId()));
    }
  }
}
