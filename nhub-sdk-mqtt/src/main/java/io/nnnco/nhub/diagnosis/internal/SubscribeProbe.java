package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.Refusals;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Whether the bridge grants each topic filter. */
final class SubscribeProbe implements Probe {
  private static final Explanation TIMEOUT =
      new Explanation(
          FindingCode.SUBSCRIBE_TIMEOUT,
          "The bridge accepts the client and then does not respond to SUBSCRIBE: it hangs or is"
              + " overloaded.",
          "Try again in a minute; if it persists, check N-Hub's status, and tell N-Hub's support.");
  private static final Explanation DROPPED =
      new Explanation(
          FindingCode.SUBSCRIBE_DROPPED,
          "Some bridges hang up instead of refusing a subscription: the credentials may not read"
              + " this enterprise. Otherwise the network broke at this moment.",
          "Run the doctor again; if it repeats, check the enterprise code and the device ids with"
              + " your administrator.");

  @Override
  public void examine(Evidence evidence) {
    Dial dial = evidence.dial();
    Packet.Connack connack = dial == null ? null : dial.connack();
    if (dial == null || connack == null) {
      evidence.skipped(FindingCode.SUBSCRIBE_SKIPPED, "not reached");
      return;
    }
    try {
      dial.subscribe(evidence.left());
      judge(evidence, suback(evidence, dial));
      lacking(evidence, dial, connack).ifPresent(error -> lacks(evidence, error));
    } catch (TimeoutException e) {
      evidence.fault(TIMEOUT, "No SUBACK from " + evidence.subject().bridge() + " in time.");
    } catch (StreamException e) {
      evidence.fault(DROPPED, Problems.of(e));
    }
  }

  /** Messages may come before it. */
  private static Packet.Suback suback(Evidence evidence, Dial dial) throws TimeoutException {
    while (true) {
      Packet packet = dial.next(evidence.left());
      if (packet instanceof Packet.Suback suback) {
        return suback;
      } else if (packet instanceof Packet.Publish publish) {
        evidence.received(publish.message());
      }
    }
  }

  private static void judge(Evidence evidence, Packet.Suback suback) {
    List<String> filters = Filters.of(evidence.subject().options().subscription());
    List<String> refused = new ArrayList<>();
    ReasonCode reason = ReasonCode.UNSPECIFIED_ERROR;
    for (int i = 0; i < filters.size(); i++) {
      int code =
          i < suback.codes().length ? suback.codes()[i] : ReasonCode.UNSPECIFIED_ERROR.value();
      if (code >= ReasonCode.UNSPECIFIED_ERROR.value()) {
        reason = ReasonCode.of(code);
        refused.add(filters.get(i) + " " + reason);
      }
    }
    if (refused.isEmpty()) {
      evidence.setSubscribed();
      evidence.ok(FindingCode.SUBSCRIBE_OK, "granted " + String.join(" ", filters));
    } else if (refused.size() < filters.size()) {
      evidence.setSubscribed();
      evidence.fault(SubscribeExplanations.SOME_REFUSED, "refused " + String.join(", ", refused));
    } else {
      evidence.fault(
          SubscribeExplanations.of(reason, evidence), "refused " + String.join(", ", refused));
    }
  }

  /** The application asks for more than the doctor: QoS 1, or a shared group. */
  private static Optional<StreamException> lacking(
      Evidence evidence, Dial dial, Packet.Connack connack) {
    SubscribeOptions options = evidence.subject().options().subscription();
    return Refusals.beyond(
        connack.terms(), dial.asking(options.topicFilters(), options.qos()), dial.version());
  }

  private static void lacks(Evidence evidence, StreamException error) {
    FindingCode code =
        error.code() == StreamErrorCode.WILDCARDS_MISSING
            ? FindingCode.SUBSCRIBE_NO_WILDCARDS
            : error.code() == StreamErrorCode.SHARED_SUBSCRIPTIONS_MISSING
                ? FindingCode.SUBSCRIBE_NO_SHARED_GROUPS
                : error.code() == StreamErrorCode.QOS_MISSING
                    ? FindingCode.SUBSCRIBE_NO_QOS_1
                    : FindingCode.SUBSCRIBE_FAILED;
    Qos qos = evidence.subject().options().subscription().qos();
    evidence.fault(
        new Explanation(
            code,
            "The application asks for something that this bridge does not have (QoS "
                + qos.level()
                + ", a wildcard or a shared group).",
            error.advice()),
        Problems.of(error));
  }
}
