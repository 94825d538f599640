package io.nnnco.nhub.micrometer;

import io.micrometer.common.KeyValues;
import java.util.List;

/**
 * OpenTelemetry's conventions for a {@code settle} span, see {@link NHubObservations}. May be
 * extended.
 */
public class DefaultNHubSettleConvention implements NHubSettleConvention {
  static final DefaultNHubSettleConvention INSTANCE = new DefaultNHubSettleConvention();

  /** The only state is the class. */
  public DefaultNHubSettleConvention() {}

  @Override
  public String getName() {
    return NHubObservationDocumentation.SETTLE.getName();
  }

  @Override
  public String getContextualName(NHubSettleContext context) {
    return MessagingKeys.spanName("settle", Destination.of(List.of(context.delivery())));
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(NHubSettleContext context) {
    return MessagingKeys.low("settle", Destination.of(List.of(context.delivery())));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(NHubSettleContext context) {
    return MessagingKeys.withMessage(
        MessagingKeys.high(context.clientId(), context.getError()), context.delivery());
  }
}
