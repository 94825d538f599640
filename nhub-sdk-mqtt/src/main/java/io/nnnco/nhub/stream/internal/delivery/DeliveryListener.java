package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;

/** Hears from the pipeline what the rest of the subscription needs to know; must not block. */
public interface DeliveryListener {
  /** Something that the user's listener is to hear. */
  void onEvent(SubscriptionEvent event);

  /** The failure policy says to stop. */
  void onStop(NHubException cause);
}
