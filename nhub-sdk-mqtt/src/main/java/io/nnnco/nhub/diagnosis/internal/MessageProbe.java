package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Whether a message arrives; none is acknowledged, since QoS 0 has no acknowledgements. */
final class MessageProbe implements Probe {
  @Override
  public void examine(Evidence evidence) {
    Dial dial = evidence.dial();
    Duration wait = evidence.subject().options().messageWait();
    if (dial == null || !evidence.subscribed()) {
      evidence.skipped(FindingCode.MESSAGES_SKIPPED, "not subscribed");
    } else if (wait.isZero()) {
      evidence.skipped(FindingCode.MESSAGES_SKIPPED, "not waited for");
    } else {
      await(evidence, dial, atMost(dial, wait));
    }
  }

  /** The doctor sends no pings. */
  private static Duration atMost(Dial dial, Duration wait) {
    Packet.Connack connack = dial.connack();
    Duration keepAlive = connack == null ? null : connack.terms().keepAlive();
    return keepAlive == null || keepAlive.isZero() || keepAlive.compareTo(wait) > 0
        ? wait
        : keepAlive;
  }

  private static void await(Evidence evidence, Dial dial, Duration wait) {
    Deadline deadline = Deadline.after(wait);
    try {
      while (evidence.message() == null) {
        if (dial.next(deadline.left()) instanceof Packet.Publish publish) {
          evidence.received(publish.message());
        }
      }
      seen(evidence, evidence.message());
    } catch (TimeoutException e) {
      none(evidence, wait);
    } catch (StreamException e) {
      evidence.fault(
          new Explanation(
              FindingCode.MESSAGES_DISCONNECTED,
              "The bridge had granted the subscription, and ended the connection a moment later.",
              e.advice()),
          Problems.of(e));
    }
  }

  private static void seen(Evidence evidence, InboundMessage message) {
    String text = "a message on " + ForeignText.shown(message.topic());
    try {
      new MessageDecoder().decode(message.payload());
      evidence.ok(FindingCode.MESSAGES_OK, text);
    } catch (MalformedMessageException e) {
      evidence.warning(
          Explanation.of(
              FindingCode.MESSAGES_UNREADABLE,
              "Messages arrive, but this one is not the JSON that the platform documents."),
          text + ": " + Problems.of(e));
    }
  }

  private static void none(Evidence evidence, Duration wait) {
    String seen = "subscribed, and no message within " + DurationText.of(wait);
    String asked = evidence.subject().options().subscription().enterprises().get(0).code();
    Optional<Enterprise> own = evidence.identity().flatMap(EnterpriseHint::in);
    if (own.filter(hint -> !hint.code().equals(asked)).isPresent()) {
      evidence.warning(
          new Explanation(
              FindingCode.MESSAGES_OTHER_ENTERPRISE,
              "The certificate seems to be for "
                  + own.get()
                  + ", and the subscription is to "
                  + asked
                  + ", which may not exist: this bridge grants topics without checking.",
              "Check the enterprise code with your administrator; try " + own.get() + "."),
          seen);
      return;
    }
    evidence.warning(
        new Explanation(
            FindingCode.MESSAGES_NONE,
            "The devices may just be quiet: many send once an hour. Or the enterprise code, the"
                + " device ids or the kinds of messages are not the right ones.",
            "See in the portal when the devices have last sent anything, and wait longer than their"
                + " interval (nhub doctor --wait 5m); check the enterprise code with your"
                + " administrator."),
        seen);
  }
}
