package io.nnnco.nhub.micrometer;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.nnnco.nhub.stream.Delivery;

/**
 * What is known of an acknowledgement. A sender's context, for its kind; nothing is sent with a
 * PUBACK that a trace could go on with.
 */
public final class NHubSettleContext extends SenderContext<Delivery> {
  private final String clientId;
  private final Delivery delivery;

  NHubSettleContext(String clientId, Delivery delivery) {
    super((carrier, name, value) -> {}, Kind.CLIENT);
    this.clientId = clientId;
    this.delivery = delivery;
    setCarrier(delivery);
  }

  /**
   * Who acknowledges.
   *
   * @return the MQTT client id of the subscription
   */
  public String clientId() {
    return clientId;
  }

  /**
   * What is acknowledged.
   *
   * @return the message
   */
  public Delivery delivery() {
    return delivery;
  }
}
