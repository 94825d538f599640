package io.nnnco.nhub.micrometer;

import io.micrometer.common.KeyValues;
import io.nnnco.nhub.micrometer.NHubObservationDocumentation.HighCardinalityKeys;
import io.nnnco.nhub.stream.Delivery;

/**
 * OpenTelemetry's conventions for a {@code process} span, see {@link NHubObservations}. May be
 * extended.
 */
public class DefaultNHubProcessConvention implements NHubProcessConvention {
  static final DefaultNHubProcessConvention INSTANCE = new DefaultNHubProcessConvention();

  /** The only state is the class. */
  public DefaultNHubProcessConvention() {}

  @Override
  public String getName() {
    return NHubObservationDocumentation.PROCESS.getName();
  }

  @Override
  public String getContextualName(NHubProcessContext context) {
    return MessagingKeys.spanName("process", Destination.of(context.deliveries()));
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(NHubProcessContext context) {
    return MessagingKeys.low("process", Destination.of(context.deliveries()));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(NHubProcessContext context) {
    KeyValues values = MessagingKeys.high(context.clientId(), context.getError());
    if (context.isBatch()) {
      values =
          values.and(
              HighCardinalityKeys.BATCH_MESSAGE_COUNT.withValue(
                  Integer.toString(context.deliveries().size())));
    }
    if (context.deliveries().size() > 1) {
      return values;
    }
    Delivery delivery = context.deliveries().get(0);
    return MessagingKeys.withMessage(values, delivery)
        .and(
            HighCardinalityKeys.MESSAGE_BODY_SIZE.withValue(
                Integer.toString(delivery.payloadSize())));
  }
}
