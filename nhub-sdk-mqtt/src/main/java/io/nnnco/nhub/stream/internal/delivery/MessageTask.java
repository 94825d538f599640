package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Takes one decoded message to its verdict: the handler's success, or the last resort. */
final class MessageTask extends HandlerCall {
  private final ReceivedMessage received;
  private final DeviceMessage message;
  private final Handling handling;
  private final Runnable finished;

  /**
   * A message whose turn has come.
   *
   * @param finished to be run when the next message of the device may begin
   */
  MessageTask(
      ReceivedMessage received, DeviceMessage message, Handling handling, Runnable finished) {
    super(handling.deadlines());
    this.received = received;
    this.message = message;
    this.handling = handling;
    this.finished = finished;
  }

  ReceivedMessage received() {
    return received;
  }

  @Override
  CompletionStage<?> call() throws Exception {
    return handling.handler().handle(message, received);
  }

  @Override
  void succeeded() {
    handling.succeeded(received, finished);
  }

  @Override
  void failed(int attempts, Throwable cause) {
    if (attempts <= handling.policy().retries() && !isTimeout(cause)) {
      Duration delay = handling.policy().delay().multipliedBy(1L << Math.min(attempts - 1, 20));
      handling.retry(this, cause, attempts, delay);
    } else {
      handling.giveUp(received, cause, attempts, finished);
    }
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof HandlerException e && e.code() == StreamErrorCode.HANDLER_TIMEOUT;
  }
}
