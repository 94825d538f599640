package io.nnnco.nhub.stream.internal.log;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** How the log writes things. */
final class LogText {
  private static final int ENTERPRISES = 3;

  private LogText() {}

  /** Which subscription: {@code nnn.acme}, or {@code nnn.acme (meter-import)}. */
  static String subject(SubscribeOptions options) {
    return enterprises(options)
        + (options.durableName() == null ? "" : " (" + options.durableName() + ")");
  }

  /** The enterprises; of many, the first few. */
  static String enterprises(SubscribeOptions options) {
    List<Enterprise> all = options.enterprises();
    String first =
        all.stream().limit(ENTERPRISES).map(Enterprise::code).collect(Collectors.joining(", "));
    return all.size() <= ENTERPRISES
        ? first
        : first + " and " + (all.size() - ENTERPRISES) + " more";
  }

  /** Without parts that nobody reads: milliseconds of seconds, seconds of hours. */
  static String duration(Duration duration) {
    ChronoUnit unit =
        duration.compareTo(Duration.ofHours(1)) >= 0
            ? ChronoUnit.MINUTES
            : duration.compareTo(Duration.ofSeconds(1)) >= 0
                ? ChronoUnit.SECONDS
                : ChronoUnit.MILLIS;
    return DurationText.of(duration.truncatedTo(unit));
  }

  /** After how long: {@code in 2 s}, or {@code at once}. */
  static String after(Duration delay) {
    return delay.toMillis() == 0 ? "at once" : "in " + duration(delay);
  }

  /** To the second. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** What an exception of the user's says, on one line. */
  static String cause(Throwable cause) {
    return ForeignText.shown(cause);
  }

  static String times(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  static String version(MqttVersion version) {
    return switch (version) {
      case MQTT_3_1_1 -> "3.1.1";
      case MQTT_5 -> "5";
    };
  }

  /** What the bridge was shown, and how long it is good for. */
  static String credentials(Credentials credentials, Instant now) {
    if (!(credentials instanceof ClientIdentity identity)) {
      return "with user name and token";
    }
    Duration left = Duration.between(now, identity.expiresAt());
    return "the certificate expires in "
        + (left.compareTo(Duration.ofDays(2)) < 0
            ? duration(left)
            : times((int) left.toDays(), "day"));
  }
}
