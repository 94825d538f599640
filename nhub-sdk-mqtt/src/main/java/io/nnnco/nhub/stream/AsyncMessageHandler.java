package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.DeviceMessage;
import java.util.concurrent.CompletionStage;

/**
 * Receives the messages of a subscription and handles them asynchronously: the SDK acknowledges a
 * message when the returned stage completes. Otherwise the contract of {@link MessageHandler}
 * applies; in particular, the next message of the same device is delivered only after the stage has
 * completed.
 */
@FunctionalInterface
public interface AsyncMessageHandler {
  /**
   * Starts to handle one message.
   *
   * @param message the message
   * @param delivery how it arrived
   * @return a stage that completes when the message has been handled, exceptionally if it could not
   *     be
   * @throws Exception if the work could not be started; treated like a stage that completes
   *     exceptionally
   */
  CompletionStage<?> handle(DeviceMessage message, Delivery delivery) throws Exception;
}
