package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of the subscriptions that have none of their own. New ones count once the bridge
 * has accepted them for one subscription. Thread-safe.
 */
final class ClientCredentials {
  private @Nullable Credentials current;
  private int offered;
  private int accepted;

  /** Those that began with the former credentials while others were offered. */
  private final Set<RealSubscription> begunMeanwhile = new HashSet<>();

  ClientCredentials(@Nullable Credentials first) {
    this.current = first;
  }

  synchronized @Nullable Credentials current() {
    return current;
  }

  /** Begins a subscription with them; under the lock, so that no new ones pass it by. */
  synchronized RealSubscription begin(Function<Credentials, RealSubscription> start) {
    if (current == null) {
      throw new AuthenticationException(
          StreamErrorCode.MISSING_CREDENTIALS,
          ConnectionPhase.PREPARE,
          "Neither the client nor the subscription has credentials for the bridge.",
          null);
    }
    RealSubscription begun = start.apply(current);
    if (offered > accepted) {
      begunMeanwhile.add(begun);
    }
    return begun;
  }

  synchronized void ended(RealSubscription subscription) {
    begunMeanwhile.remove(subscription);
  }

  /** Offers others; where no subscription stands, nothing tells which are better. */
  synchronized void update(Credentials replacement, List<RealSubscription> subscriptions) {
    int number = ++offered;
    begunMeanwhile.clear();
    if (subscriptions.stream().noneMatch(each -> each.state() == SubscriptionState.SUBSCRIBED)) {
      accepted(number, replacement);
    }
    subscriptions.forEach(each -> offer(each, number, replacement));
  }

  private void offer(RealSubscription subscription, int number, Credentials replacement) {
    subscription.offer(replacement, () -> accepted(number, replacement));
  }

  private synchronized void accepted(int number, Credentials shown) {
    if (number > accepted) {
      accepted = number;
      current = shown;
      begunMeanwhile.forEach(each -> offer(each, number, shown));
      begunMeanwhile.clear();
    }
  }
}
