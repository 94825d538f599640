package io.nnnco.nhub.kafka.connect;

import java.time.Duration;
import java.time.Instant;

/** Where the timestamp of a record comes from. */
enum RecordTime {
  /** The message's own time, unless Kafka would refuse it. */
  MESSAGE {
    @Override
    long of(Instant message, Instant arrival) {
      boolean usable = message.toEpochMilli() >= 0 && !message.isAfter(arrival.plus(AHEAD));
      return (usable ? message : arrival).toEpochMilli();
    }
  },
  /** When the message was read from the bridge. */
  ARRIVAL {
    @Override
    long of(Instant message, Instant arrival) {
      return arrival.toEpochMilli();
    }
  };

  /**
   * A broker refuses what is an hour ahead of its clock (message.timestamp.after.max.ms), for ever:
   * a single device with a wrong clock would stop the connector.
   */
  private static final Duration AHEAD = Duration.ofMinutes(30);

  abstract long of(Instant message, Instant arrival);
}
