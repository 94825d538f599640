package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailureHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts messages that cannot be decoded into a topic of their own, and waits until Kafka has them.
 */
final class DeadLetters implements FailureHandler {
  private final String topic;
  private final RecordMapper mapper;
  private final RecordQueue queue;
  private final CompletableFuture<Void> stopped;
  private final LongAdder count;

  /**
   * Dead letters of one session.
   *
   * @param stopped completes exceptionally when the task has stopped
   * @param count counts those that Kafka has
   */
  DeadLetters(
      String topic,
      RecordMapper mapper,
      RecordQueue queue,
      CompletableFuture<Void> stopped,
      LongAdder count) {
    this.topic = topic;
    this.mapper = mapper;
    this.queue = queue;
    this.stopped = stopped;
    this.count = count;
  }

  /** Waits for Kafka as long as it takes, or until the task ends; then the bridge keeps it. */
  @Override
  public void handle(FailedMessage failure) throws Exception {
    Confirmation confirmation = new Confirmation(1);
    queue.add(List.of(mapper.deadLetter(topic, failure, confirmation)));
    CompletableFuture.anyOf(confirmation.done(), stopped).get();
    count.increment();
  }
}
