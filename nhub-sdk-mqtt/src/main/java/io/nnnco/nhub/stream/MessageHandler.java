package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.DeviceMessage;

/**
 * Receives the messages of a subscription.
 *
 * <p><b>Threads.</b> Called on the client's worker threads. Messages of one device come one at a
 * time, in the order the bridge sent them; different devices run in parallel. Blocking is allowed:
 * it delays that device, never the connection. Every method of this SDK may be called from here.
 *
 * <p><b>Delivery.</b> At least once, with QoS 1. A message is acknowledged after this method has
 * returned. After a reconnect or a crash it may come again, so make the work idempotent; {@link
 * Delivery#deduplicationKey()} helps.
 *
 * <p><b>Errors.</b> If this method throws, the {@link FailurePolicy} decides: call again after a
 * while, then hand the message to the failure handler and acknowledge it, or stop. MQTT has no
 * negative acknowledgement.
 */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Handles one message.
   *
   * @param message what came; a {@code switch} over the sealed type tells the kinds apart
   * @param delivery how it came
   * @throws Exception if the message could not be handled
   */
  void handle(DeviceMessage message, Delivery delivery) throws Exception;
}
