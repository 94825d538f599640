package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.ReplayTarget;

/**
 * Receives the messages of a subscription.
 *
 * <p><b>Threads.</b> Called on the client's worker threads. Messages of one device arrive one at a
 * time, in the order in which the bridge sent them; different devices run in parallel. A handler
 * may block: this delays its device, never the connection. It may call every method of the SDK.
 *
 * <p><b>Delivery.</b> At least once, with QoS 1. A message is acknowledged after this method has
 * returned. After a reconnect or a crash, the bridge may send it again, so make the work
 * idempotent; {@link Delivery#deduplicationKey()} helps.
 *
 * <p><b>Errors.</b> If this method throws, the {@link FailurePolicy} decides: retry after a while;
 * then skip the message, hand it to the failure handler, or stop. MQTT has no negative
 * acknowledgement.
 */
@FunctionalInterface
public interface MessageHandler extends ReplayTarget<Exception> {
  /**
   * Handles one message.
   *
   * @param message the message; a {@code switch} over the sealed type tells the kinds apart
   * @param delivery how it arrived
   * @throws Exception if the message could not be handled
   */
  void handle(DeviceMessage message, Delivery delivery) throws Exception;

  /**
   * Handles a recorded message, for {@link io.nnnco.nhub.recording.Recording#replayInto}: it is
   * decoded, and handed over once. There are no retries.
   *
   * @param message the message
   * @throws io.nnnco.nhub.codec.MalformedMessageException if it cannot be decoded
   * @throws Exception if it could not be handled
   */
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // Lambdas of the two take other arguments.
  default void replay(RecordedMessage message) throws Exception {
    DeliveredMessage delivered = DeliveredMessage.of(message);
    handle(delivered.message(), delivered.delivery());
  }
}
