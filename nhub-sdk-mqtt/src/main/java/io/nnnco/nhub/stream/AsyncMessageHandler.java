package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.DeviceMessage;
import java.util.concurrent.CompletionStage;

/**
 * Receives the messages of a subscription, and works on them elsewhere: a message is acknowledged
 * when the returned stage completes. Otherwise the contract is that of {@link MessageHandler}; in
 * particular, the next message of the same device comes only after the stage has completed.
 */
@FunctionalInterface
public interface AsyncMessageHandler {
  /**
   * Begins to handle one message.
   *
   * @param message what came
   * @param delivery how it came
   * @return completes when the message is handled, exceptionally when it could not be
   * @throws Exception if the work could not be begun; the same as a stage that fails
   */
  CompletionStage<?> handle(DeviceMessage message, Delivery delivery) throws Exception;
}
