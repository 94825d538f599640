package io.nnnco.nhub.micrometer;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a handler call. Its carrier is the user properties of the message: those of a
 * batch of several messages are none, as an observation has one parent at most.
 */
public final class NHubProcessContext extends ReceiverContext<List<UserProperty>> {
  private final String clientId;
  private final List<Delivery> deliveries;
  private final boolean batch;

  NHubProcessContext(String clientId, List<Delivery> deliveries, boolean batch) {
    super(NHubProcessContext::value, Kind.CONSUMER);
    this.clientId = clientId;
    this.deliveries = deliveries;
    this.batch = batch;
    setCarrier(deliveries.size() == 1 ? deliveries.get(0).userProperties() : List.of());
  }

  /** Names of HTTP headers, which propagators know these by, have no case. */
  private static @Nullable String value(List<UserProperty> properties, String name) {
    for (UserProperty each : properties) {
      if (each.name().equalsIgnoreCase(name)) {
        return each.value();
      }
    }
    return null;
  }

  /**
   * Who receives.
   *
   * @return the MQTT client id of the subscription
   */
  public String clientId() {
    return clientId;
  }

  /**
   * The messages that the handler is called for.
   *
   * @return at least one; exactly one if it is no {@linkplain #isBatch() batch}
   */
  public List<Delivery> deliveries() {
    return deliveries;
  }

  /**
   * Whether the handler is one of batches.
   *
   * @return true even for a batch of one message
   */
  public boolean isBatch() {
    return batch;
  }
}
