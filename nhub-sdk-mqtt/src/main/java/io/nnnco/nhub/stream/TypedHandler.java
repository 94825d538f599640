package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.DeviceMessage;

/**
 * Receives the messages of one kind, see {@link MessageHandlers}. The contract of {@link
 * MessageHandler} applies.
 *
 * @param <M> the kind, such as {@link io.nnnco.nhub.message.Uplink}
 */
@FunctionalInterface
public interface TypedHandler<M extends DeviceMessage> {
  /**
   * Handles one message. It is acknowledged after this method has returned.
   *
   * @param message the message
   * @param delivery how it arrived
   * @throws Exception if the message could not be handled; the failure policy decides what follows
   */
  void handle(M message, Delivery delivery) throws Exception;
}
