package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.DeliveredMessage;
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

  /** One that was called for in vain already, as a part of a batch or as a whole one. */
  static MessageTask ofBatch(DeliveredMessage failed, Handling handling, Runnable finished) {
    MessageTask task =
        new MessageTask((ReceivedMessage) failed.delivery(), failed.message(), handling, finished);
    task.countAttempt();
    return task;
  }

  @Override
  ReceivedMessage received() {
    return received;
  }

  @Override
  Class<?> kind() {
    return message.getClass();
  }

  /** To be run when the next message of the device may begin. */
  Runnable finished() {
    return finished;
  }

  @Override
  CompletionStage<?> call() throws Exception {
    return handling.handler().handle(message, received);
  }

  @Override
  void succeeded() {
    handling.succeeded(this);
    handling.settle(received);
    finished.run();
  }

  @Override
  void failed(Throwable cause) {
    handling.failed(this, cause);
  }
}
