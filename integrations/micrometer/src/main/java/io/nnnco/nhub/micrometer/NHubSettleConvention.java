package io.nnnco.nhub.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names acknowledgements, and says with which attributes. */
public interface NHubSettleConvention extends ObservationConvention<NHubSettleContext> {
  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof NHubSettleContext;
  }
}
