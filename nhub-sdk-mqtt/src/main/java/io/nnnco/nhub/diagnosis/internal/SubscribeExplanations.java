package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ReasonCode;
import java.util.Optional;

/** Why a bridge refused topic filters, and what to do. */
final class SubscribeExplanations {
  static final Explanation SOME_REFUSED =
      new Explanation(
          FindingCode.SUBSCRIBE_SOME_REFUSED,
          "The credentials may read some of what the application asks for, but not all of it. A"
              + " subscription needs all of its filters.",
          "Check the device ids and enterprise codes of the refused filters with your administrator,"
              + " or leave them out.");
  private static final Explanation INVALID_FILTER =
      new Explanation(
          FindingCode.SUBSCRIBE_INVALID_FILTER,
          "The bridge does not accept the form of the topic filter.",
          "Check the device ids: they are levels of a topic, as the portal shows them.");
  private static final Explanation QUOTA =
      new Explanation(
          FindingCode.SUBSCRIBE_QUOTA,
          "This client or enterprise has as many subscriptions as it may have.",
          "Close subscriptions that are not needed, or ask N-Hub's support for a larger quota.");
  private static final Explanation NO_WILDCARDS =
      Explanation.of(FindingCode.SUBSCRIBE_NO_WILDCARDS, "The bridge does not support wildcards.");
  private static final Explanation NO_SHARED_GROUPS =
      Explanation.of(
          FindingCode.SUBSCRIBE_NO_SHARED_GROUPS, "The bridge does not support shared groups.");
  private static final Explanation UNEXPLAINED =
      new Explanation(
          FindingCode.SUBSCRIBE_FAILED,
          "The bridge refuses the subscription without saying why.",
          "Try again in a minute; if it persists, give N-Hub's support the topics and the time.");

  private SubscribeExplanations() {}

  static Explanation of(ReasonCode reason, Evidence evidence) {
    return switch (reason) {
      case NOT_AUTHORIZED -> refused(evidence);
      case TOPIC_FILTER_INVALID -> INVALID_FILTER;
      case QUOTA_EXCEEDED -> QUOTA;
      case WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED -> NO_WILDCARDS;
      case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED -> NO_SHARED_GROUPS;
      default -> is311(evidence) ? refused(evidence) : UNEXPLAINED;
    };
  }

  /** It has one code for every refusal. */
  private static boolean is311(Evidence evidence) {
    Dial dial = evidence.dial();
    return dial != null && dial.version() == MqttVersion.MQTT_3_1_1;
  }

  private static Explanation refused(Evidence evidence) {
    String asked = evidence.subject().options().subscription().enterprises().get(0).code();
    Optional<ClientIdentity> identity = evidence.identity();
    Optional<Enterprise> own = identity.flatMap(EnterpriseHint::in);
    if (own.filter(hint -> EnterpriseHint.isTypo(asked, hint.code())).isPresent()) {
      return new Explanation(
          FindingCode.SUBSCRIBE_ENTERPRISE_TYPO,
          "The certificate is for " + own.get() + ", and " + asked + " is almost the same: a typo.",
          "Use the enterprise code " + own.get() + "; case and every character count.");
    }
    return Explanation.of(
        FindingCode.SUBSCRIBE_REFUSED,
        "The credentials may not read "
            + asked
            + own.map(hint -> ": the certificate is for " + hint).orElse("")
            + ".");
  }
}
