package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.diagnosis.Finding;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.diagnosis.FindingStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the SDK's doctor whether a configuration works, and says which field is to blame. */
final class ConnectionCheck {
  private static final Logger log = LoggerFactory.getLogger(ConnectionCheck.class);

  private final ConnectorConfig config;
  private final ConnectorCredentials credentials;
  private final Duration timeout;

  ConnectionCheck(ConnectorConfig config, Duration timeout) {
    this.config = config;
    this.timeout = timeout;
    this.credentials = new ConnectorCredentials(config);
  }

  /**
   * Connects; takes no longer than a few seconds, and disturbs no running task.
   *
   * @throws FieldException for the first fault on the way
   */
  void run() {
    checkFields();
    Optional<Finding> verdict;
    try (NHubClient client = Receiver.client(config, false)) {
      verdict =
          client
              .diagnose(
                  DiagnosisOptions.of(config.options(largest()).build())
                      .withCredentials(credentials::read)
                      .withTimeout(timeout)
                      .withMessageWait(Duration.ZERO))
              .verdict();
    }
    if (verdict.isPresent() && verdict.get().status() == FindingStatus.FAULT) {
      throw new FieldException(field(verdict.get()), text(verdict.get()));
    }
  }

  /** The doctor knows the SDK's errors, and no fields. */
  private void checkFields() {
    try {
      credentials.read();
    } catch (NHubException e) {
      log.debug("The doctor says what is wrong with the credentials", e);
    }
  }

  /** The bridge may refuse a SUBSCRIBE for its length. */
  private Session largest() {
    return Sessions.of(config).stream()
        .max(Comparator.comparingInt(session -> session.devices().size()))
        .orElseThrow();
  }

  private String field(Finding finding) {
    return switch (finding.step()) {
      case CLOCK, DNS, TCP, TLS -> fieldOfAddress(finding);
      case PROXY -> Fields.PROXY_HOST;
      case CONFIGURATION, CERTIFICATE, TOKEN, CONNECT -> credentials.field();
      case SUBSCRIBE, MESSAGES, SUBSCRIPTIONS -> Fields.ENTERPRISE;
    };
  }

  private String fieldOfAddress(Finding finding) {
    boolean proxy =
        finding.code() == FindingCode.DNS_UNKNOWN_PROXY
            || finding.code() == FindingCode.TCP_PROXY_REFUSED
            || finding.code() == FindingCode.TCP_PROXY_TIMEOUT;
    if (proxy) {
      return Fields.PROXY_HOST;
    }
    return config.text(Fields.MQTT) != null ? Fields.MQTT : Fields.ENVIRONMENT;
  }

  private static String text(Finding finding) {
    String stop = finding.evidence().endsWith(".") ? " " : ". ";
    return finding.evidence()
        + stop
        + finding.cause()
        + " "
        + finding.fix()
        + " ("
        + finding.code()
        + ")";
  }
}
