package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamException;

/** How the bridge responded to CONNECT. */
final class ConnectProbe implements Probe {
  private static final Explanation OLD_PROTOCOL =
      new Explanation(
          FindingCode.CONNECT_OLD_PROTOCOL,
          "The bridge speaks MQTT 3.1.1 only, so it gives no reasons when it refuses.",
          "Nothing needs to be done with MqttEngine.DIRECT, which falls back by itself; with"
              + " MqttEngine.PAHO, pin the version with SubscribeOptions.protocol(MQTT_3_1_1).");
  private static final Explanation TIMEOUT =
      new Explanation(
          FindingCode.CONNECT_TIMEOUT,
          "The server shakes hands and then does not respond to CONNECT: it hangs or is overloaded,"
              + " or it is not an MQTT server.",
          "Try again in a minute; if it persists, check N-Hub's status, and tell N-Hub's support.");

  @Override
  public void examine(Evidence evidence) {
    Dial dial = evidence.dial();
    if (dial == null) {
      evidence.skipped(FindingCode.CONNECT_SKIPPED, "not reached");
      return;
    }
    StreamException failure = dial.failure();
    if (failure != null
        && (dial.phase().compareTo(ConnectionPhase.TLS) > 0
            || failure instanceof ClientCertificateRejectedException)) {
      evidence.fault(
          ConnectExplanations.of(failure, evidence.identity().isPresent()), Problems.of(failure));
    } else if (dial.connack() != null) {
      accepted(evidence, dial);
    } else if (dial.timedOut() && dial.phase().compareTo(ConnectionPhase.TLS) > 0) {
      evidence.fault(TIMEOUT, "No CONNACK from " + evidence.subject().bridge() + " in time.");
    } else {
      evidence.skipped(FindingCode.CONNECT_SKIPPED, "not reached");
    }
  }

  private static void accepted(Evidence evidence, Dial dial) {
    String text =
        "accepted as "
            + dial.request().clientId()
            + ", "
            + (dial.version() == MqttVersion.MQTT_5 ? "MQTT 5" : "MQTT 3.1.1");
    if (dial.fellBack()) {
      evidence.warning(OLD_PROTOCOL, text);
    } else {
      evidence.ok(FindingCode.CONNECT_OK, text);
    }
  }
}
