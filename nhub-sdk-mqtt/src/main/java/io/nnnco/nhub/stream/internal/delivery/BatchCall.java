package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.error.HandlerException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A batch, or a part of one, for which the handler is called. */
final class BatchCall extends HandlerCall {
  private final List<DeliveredMessage> messages;
  private final BatchSearch search;

  BatchCall(
      List<DeliveredMessage> messages,
      BatchSearch search,
      Deadlines deadlines,
      Observers observers) {
    super(deadlines, observers);
    this.messages = messages;
    this.search = search;
  }

  List<DeliveredMessage> messages() {
    return messages;
  }

  @Override
  CompletionStage<?> call() throws Exception {
    return search.handler().batches().handle(messages);
  }

  @Override
  void timedOut(HandlerException cause) {
    search.timedOut(this, cause);
  }

  @Override
  void succeeded() {
    search.succeeded(this);
  }

  @Override
  void failed(Throwable cause) {
    search.failed(this, cause);
  }

  @Override
  void measureCall(Observers told, long now) {
    messages.forEach(each -> told.called((ReceivedMessage) each.delivery(), now));
  }

  /** That of the search, until it ends. */
  @Override
  boolean keepsItsPlace() {
    return true;
  }

  @Override
  void execute(Runnable attempt) {
    search.execute(attempt);
  }

  @Override
  ReceivedMessage received() {
    return (ReceivedMessage) messages.get(0).delivery();
  }

  @Override
  int size() {
    return messages.size();
  }

  @Override
  String unit() {
    return "batch";
  }

  @Override
  Class<?> kind() {
    return kindOf(messages);
  }

  /** Uplinks, where there are some: they are what a handler that ignores the rest is for. */
  static Class<?> kindOf(List<DeliveredMessage> messages) {
    return messages.stream().anyMatch(each -> each.message() instanceof Uplink)
        ? Uplink.class
        : messages.get(0).message().getClass();
  }
}
