package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.identity.ClientIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether this machine's clock is right, by the API's time and the client certificate's dates. */
final class ClockProbe implements Probe {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration SLIGHT = Duration.ofMinutes(1);
  private static final Duration TOO_FAR = Duration.ofMinutes(5);
  private static final String SET_IT =
      "Set the clock and turn on time synchronisation: timedatectl set-ntp true, chrony, or the"
          + " time of the host under this virtual machine.";

  @Override
  public void examine(Evidence evidence) {
    Optional<ApiTime> time = evidence.api().time(evidence.left(LIMIT));
    if (time.isPresent()) {
      compare(evidence, time.get());
    } else {
      compareWithCertificate(evidence);
    }
  }

  private static void compare(Evidence evidence, ApiTime time) {
    Duration off = time.ahead().abs();
    boolean ahead = !time.ahead().isNegative();
    String seen =
        "this machine says "
            + time.here().truncatedTo(ChronoUnit.SECONDS)
            + ", the API "
            + time.api();
    String difference =
        DurationText.of(off.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES))
            + (ahead ? " ahead" : " behind");
    if (off.compareTo(SLIGHT) < 0) {
      evidence.ok(FindingCode.CLOCK_OK, seen);
    } else if (off.compareTo(TOO_FAR) < 0) {
      evidence.warning(
          new Explanation(
              FindingCode.CLOCK_SLIGHTLY_OFF,
              "This machine's clock is " + difference + ". Certificates still work, just.",
              SET_IT),
          seen);
    } else {
      evidence.fault(
          new Explanation(
              ahead ? FindingCode.CLOCK_AHEAD : FindingCode.CLOCK_BEHIND,
              "This machine's clock is "
                  + difference
                  + ", so it takes certificates that are good for "
                  + (ahead ? "expired ones." : "ones that are not valid yet."),
              SET_IT),
          seen);
    }
  }

  private static void compareWithCertificate(Evidence evidence) {
    Instant now = evidence.subject().clock().instant();
    Optional<Instant> start =
        evidence
            .identity()
            .map(ClientIdentity::notBefore)
            .filter(from -> from.isAfter(now.plus(SLIGHT)));
    if (start.isPresent()) {
      evidence.warning(
          new Explanation(
              FindingCode.CLOCK_BEFORE_CERTIFICATE,
              "A certificate is seldom issued for later, so this machine's clock may be behind; the"
                  + " API gives no time to compare with.",
              "Compare the clock with another one. " + SET_IT),
          "this machine says "
              + now.truncatedTo(ChronoUnit.SECONDS)
              + ", the client certificate is valid from "
              + start.get());
    } else {
      evidence.skipped(
          FindingCode.CLOCK_SKIPPED,
          "the API gave no time to compare with; this machine says "
              + now.truncatedTo(ChronoUnit.SECONDS));
    }
  }
}
