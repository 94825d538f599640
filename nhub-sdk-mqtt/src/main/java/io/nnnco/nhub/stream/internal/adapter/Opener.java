package io.nnnco.nhub.stream.internal.adapter;

import io.nnnco.nhub.stream.internal.RealSubscription;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;

/** Starts a subscription for a handler. */
@FunctionalInterface
public interface Opener {
  /** The running subscription; throws as {@code NHubClient.subscribe} does. */
  RealSubscription open(SelfPacedHandler handler);
}
