package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** What has become of the client's own subscriptions: evidence that no probe need provoke. */
final class SubscriptionsProbe implements Probe {
  @Override
  public void examine(Evidence evidence) {
    List<? extends Subscription> all = evidence.subject().subscriptions();
    if (all.isEmpty()) {
      evidence.skipped(FindingCode.SUBSCRIPTIONS_SKIPPED, "this client has none");
    }
    all.forEach(each -> judge(evidence, each));
  }

  private static void judge(Evidence evidence, Subscription subscription) {
    SubscriptionHealth health = subscription.health();
    String which = ForeignText.shown(subscription.options().topicFilters()) + ": ";
    Optional<NHubException> end = end(subscription);
    if (end.isPresent()) {
      evidence.fault(explain(end.get()), which + Problems.of(end.get()));
    } else if (health.ready()) {
      evidence.ok(FindingCode.SUBSCRIPTIONS_OK, which + health.detail());
    } else {
      evidence.warning(
          new Explanation(
              FindingCode.SUBSCRIPTIONS_NOT_READY,
              "The subscription does not deliver at the moment (" + health.reason() + ").",
              "Act on what is found above; if nothing is, look at the application's handlers, and at"
                  + " docs/failures.md."),
          which + health.detail());
    }
  }

  private static Explanation explain(NHubException end) {
    return end instanceof SessionTakenOverException
        ? Explanation.of(
            FindingCode.SUBSCRIPTIONS_TAKEN_OVER,
            "Another process has connected with this subscription's client id, because both have the"
                + " same durable name.")
        : new Explanation(
            FindingCode.SUBSCRIPTIONS_ENDED,
            "The subscription ended with this error, and does not reconnect.",
            end.advice() + " Then subscribe again, or restart the application.");
  }

  private static Optional<NHubException> end(Subscription subscription) {
    if (!subscription.closed().isCompletedExceptionally()) {
      return Optional.empty();
    }
    try {
      subscription.closed().join();
      return Optional.empty();
    } catch (CompletionException | CancellationException e) {
      return e.getCause() instanceof NHubException cause ? Optional.of(cause) : Optional.empty();
    }
  }
}
