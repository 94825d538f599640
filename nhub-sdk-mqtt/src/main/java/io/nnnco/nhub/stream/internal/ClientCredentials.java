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
  private final Verdicts verdicts;
  private @Nullable Credentials current;
  private int offered;
  private int accepted;

  /** The latest that a subscription was established with; null if there are none. */
  private @Nullable Credentials proven;

  /** Those that begin with them and have not ended. */
  private final Set<RealSubscription> users = new HashSet<>();

  /** Those that began with the former credentials while others were offered. */
  private final Set<RealSubscription> begunMeanwhile = new HashSet<>();

  ClientCredentials(@Nullable Credentials first, Verdicts verdicts) {
    this.current = first;
    this.verdicts = verdicts;
  }

  synchronized @Nullable Credentials current() {
    return current;
  }

  /** Begins a subscription with them; under the lock, so that no new ones pass it by. */
  synchronized RealSubscription begin(Function<Offer, RealSubscription> start) {
    if (current == null) {
      throw new AuthenticationException(
          StreamErrorCode.MISSING_CREDENTIALS,
          ConnectionPhase.PREPARE,
          "Neither the client nor the subscription has credentials for the bridge.",
          null);
    }
    RealSubscription begun = start.apply(numbered(accepted, current));
    users.add(begun);
    if (offered > accepted) {
      begunMeanwhile.add(begun);
    }
    return begun;
  }

  synchronized void ended(RealSubscription subscription) {
    begunMeanwhile.remove(subscription);
    if (users.remove(subscription) && !users.isEmpty()) {
      tellIfAllUse(proven);
    }
  }

  /** Offers others; where no subscription stands, nothing tells which are better. */
  synchronized void update(Credentials replacement, List<RealSubscription> subscriptions) {
    int number = ++offered;
    begunMeanwhile.clear();
    if (subscriptions.stream().noneMatch(each -> each.state() == SubscriptionState.SUBSCRIBED)) {
      adopted(number, replacement);
    }
    subscriptions.forEach(each -> each.offer(numbered(number, replacement)));
  }

  /** Offers the latest once more, to those that did not go over to them. */
  synchronized void offerAgain(Credentials latest) {
    users.stream()
        .filter(each -> each.state() == SubscriptionState.SUBSCRIBED && !each.uses(latest))
        .forEach(each -> each.offer(numbered(offered, latest)));
  }

  private Offer numbered(int number, Credentials shown) {
    return new Offer(
        shown, () -> established(number, shown), cause -> verdicts.refused(shown, cause));
  }

  private synchronized void established(int number, Credentials shown) {
    adopted(number, shown);
    if (number == accepted) {
      proven = shown;
      tellIfAllUse(shown);
    }
  }

  private void adopted(int number, Credentials shown) {
    if (number > accepted) {
      accepted = number;
      current = shown;
      proven = null;
      begunMeanwhile.forEach(each -> each.offer(numbered(number, shown)));
      begunMeanwhile.clear();
    }
  }

  private void tellIfAllUse(@Nullable Credentials latest) {
    if (latest != null
        && users.stream().allMatch(each -> each.hasOwnCredentials() || each.uses(latest))) {
      verdicts.accepted(latest);
    }
  }
}
