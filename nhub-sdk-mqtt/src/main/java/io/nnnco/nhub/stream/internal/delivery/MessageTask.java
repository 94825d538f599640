package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.error.HandlerException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes one decoded message to its verdict: the handler's success, or the last resort. */
final class MessageTask extends HandlerCall {
  private final ReceivedMessage received;
  private final DeviceMessage message;
  private final Handling handling;
  private final Runnable finished;
  private final @Nullable BatchLanes lanes;

  /**
   * A message whose turn has come.
   *
   * @param finished to be run when the next message of the device may begin
   */
  MessageTask(
      ReceivedMessage received, DeviceMessage message, Handling handling, Runnable finished) {
    this(received, message, handling, finished, null);
  }

  private MessageTask(
      ReceivedMessage received,
      DeviceMessage message,
      Handling handling,
      Runnable finished,
      @Nullable BatchLanes lanes) {
    super(handling.deadlines(), handling.observers());
    this.lanes = lanes;
    this.received = received;
    this.message = message;
    this.handling = handling;
    this.finished = finished;
  }

  /** One that was called for in vain already, as a part of a batch or as a whole one. */
  static MessageTask ofBatch(DeliveredMessage failed, Handling handling, BatchLanes lanes) {
    ReceivedMessage received = (ReceivedMessage) failed.delivery();
    Runnable finished = () -> lanes.released(received.deviceId());
    MessageTask task = new MessageTask(received, failed.message(), handling, finished, lanes);
    task.countAttempt();
    return task;
  }

  @Override
  void execute(Runnable attempt) {
    if (lanes == null) {
      handling.execute(attempt);
    } else {
      lanes.execute(attempt);
    }
  }

  @Override
  void leave() {
    if (lanes != null) {
      lanes.finished(List.of());
    }
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
  void timedOut(HandlerException cause) {
    handling.timedOut(List.of(received), cause);
  }

  @Override
  void succeeded() {
    handling.succeeded(this);
    handling.settle(received);
    finished.run();
    leave();
  }

  @Override
  void failed(Throwable cause) {
    whenReturned(this::leave);
    handling.failed(this, cause);
  }
}
