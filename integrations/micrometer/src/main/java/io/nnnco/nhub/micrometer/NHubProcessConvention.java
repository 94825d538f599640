package io.nnnco.nhub.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names handler calls, and says with which attributes. */
public interface NHubProcessConvention extends ObservationConvention<NHubProcessContext> {
  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof NHubProcessContext;
  }
}
