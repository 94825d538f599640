package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.diagnosis.DiagnosisStep;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Connects as a subscription does, but disturbs nobody: with a client id of its own and a clean
 * start, for QoS 0. What became of it is for the next probes to say.
 */
final class DialProbe implements Probe {
  /** Longer than any diagnosis, so that no pings are needed. */
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(15);

  @Override
  public void examine(Evidence evidence) {
    Credentials credentials = evidence.credentials();
    if (credentials != null && !evidence.hasFault(DiagnosisStep.DNS, DiagnosisStep.TCP)) {
      evidence.dial(
          Dial.start(
              request(evidence.subject(), credentials), evidence.background(), evidence.left()));
    }
  }

  private static ConnectRequest request(Case subject, Credentials credentials) {
    SubscribeOptions options = subject.options().subscription();
    return new ConnectRequest(
        subject.nhub().mqttHost(),
        subject.nhub().mqttPort(),
        credentials,
        clientId(),
        true,
        Duration.ZERO,
        KEEP_ALIVE,
        1,
        Filters.of(options),
        Qos.AT_MOST_ONCE,
        options.protocol(),
        subject.proxy());
  }

  /** No longer than the 23 characters that every server of MQTT 3.1.1 accepts. */
  private static String clientId() {
    return "nhub-doctor-"
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(0, 10);
  }
}
