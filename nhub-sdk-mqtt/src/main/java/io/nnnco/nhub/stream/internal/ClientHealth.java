package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import java.util.List;

/** The health of several subscriptions as that of one: the worst. */
final class ClientHealth {
  private ClientHealth() {}

  static SubscriptionHealth of(List<? extends Subscription> subscriptions) {
    SubscriptionHealth worst = SubscriptionHealth.of(Reason.CLOSED, "No subscription.");
    int notReady = 0;
    for (Subscription each : subscriptions) {
      SubscriptionHealth health = each.health();
      notReady += health.ready() ? 0 : 1;
      if (badness(health.reason()) > badness(worst.reason())) {
        String detail = name(each.options()) + ": " + health.detail();
        worst = SubscriptionHealth.of(health.reason(), detail);
      }
    }
    return notReady < 2
        ? worst
        : SubscriptionHealth.of(
            worst.reason(),
            worst.detail()
                + " Not ready: "
                + notReady
                + " of "
                + subscriptions.size()
                + " subscriptions.");
  }

  /** What cannot go on by itself is worst; what is being closed says least about the others. */
  static int badness(Reason reason) {
    return switch (reason) {
      case CLOSED -> 0;
      case CLOSING -> 1;
      case RECEIVING -> 2;
      case QUIET -> 3;
      case PAUSED -> 4;
      case RETRYING -> 5;
      case HANDLER_OUTAGE -> 6;
      case CONNECTING -> 7;
      case DISCONNECTED -> 8;
      case REFUSED -> 9;
      case STALLED -> 10;
      case FAILED -> 11;
    };
  }

  private static String name(SubscribeOptions options) {
    List<Enterprise> enterprises = options.enterprises();
    String first = enterprises.get(0).code();
    return enterprises.size() == 1 ? first : first + " and " + (enterprises.size() - 1) + " more";
  }
}
