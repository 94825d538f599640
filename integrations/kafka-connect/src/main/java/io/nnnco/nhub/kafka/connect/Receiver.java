package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of a task: one for each of its sessions. A device's messages are handed over in
 * batches, each of which follows the one before it into Kafka.
 */
final class Receiver {
  /** With twice as many messages in the window, the next batches collect while these are away. */
  private static final int BATCHES = 8;

  private static final Logger log = LoggerFactory.getLogger(Receiver.class);

  /** What Kafka has is acknowledged before a task ends; that takes no longer, most likely. */
  private static final Duration ACKNOWLEDGING = Duration.ofSeconds(2);

  /** What Kafka has not, nobody waits for: only for the acknowledgements of the others. */
  private static final Duration ACKNOWLEDGING_SOME = Duration.ofMillis(200);

  private final RecordQueue queue;
  private final AtomicInteger missing = new AtomicInteger();
  private final NHubClient client;
  private final LongAdder deadLetters = new LongAdder();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final TakeOvers takeOvers;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private boolean closed;

  private Receiver(RecordQueue queue, TakeOvers takeOvers, NHubClient client) {
    this.queue = queue;
    this.takeOvers = takeOvers;
    this.client = client;
  }

  /**
   * Subscribes; the connections are made in the background.
   *
   * @throws NHubException if the credentials cannot be used
   */
  static Receiver open(
      ConnectorConfig config, List<Session> sessions, RecordQueue queue, TakeOvers takeOvers) {
    Receiver receiver = new Receiver(queue, takeOvers, client(config, true));
    try {
      sessions.forEach(session -> receiver.subscribe(config, session));
      return receiver;
    } catch (RuntimeException e) {
      receiver.close();
      throw e;
    }
  }

  /** A client for the addresses of a configuration. */
  static NHubClient client(ConnectorConfig config, boolean withCredentials) {
    NHubClientBuilder builder = NHubClient.builder(config.environment()).engine(config.engine());
    ProxyServer proxy = config.proxy();
    if (proxy != null) {
      builder.proxy(proxy);
    }
    if (withCredentials) {
      new ConnectorCredentials(config).giveTo(builder);
    }
    return builder.build();
  }

  private synchronized void subscribe(ConnectorConfig config, Session session) {
    if (closed) {
      return;
    }
    RecordMapper mapper = new RecordMapper(config, session);
    SubscribeOptions options =
        config.options(session).failurePolicy(failurePolicy(config, mapper)).build();
    Subscription subscription =
        client.subscribeBatchesAsync(
            options, batches(options.window()), batch -> handOver(mapper, batch));
    subscriptions.add(subscription);
    subscription.closed().whenComplete((end, error) -> ended(config, session, error));
  }

  /**
   * A device's next batch begins when Kafka has the one before, and has all of its messages that
   * have come meanwhile: so one device alone gets a batch per round trip, not a message.
   */
  static BatchOptions batches(int window) {
    int batches = Math.max(1, Math.min(BATCHES, window / 2));
    return new BatchOptions(Math.max(1, window / (2 * batches)), Duration.ZERO, batches);
  }

  private CompletionStage<?> handOver(RecordMapper mapper, List<DeliveredMessage> batch) {
    Confirmation confirmation = new Confirmation(batch.size());
    missing.incrementAndGet();
    List<NHubSourceRecord> records = new ArrayList<>(batch.size());
    batch.forEach(message -> records.add(mapper.record(message, confirmation)));
    queue.add(records);
    return confirmation.done().whenComplete((done, error) -> missing.decrementAndGet());
  }

  private FailurePolicy failurePolicy(ConnectorConfig config, RecordMapper mapper) {
    FailurePolicy policy = FailurePolicy.ofDefaults();
    if (!config.toleratesErrors()) {
      return policy.thenStop();
    }
    String topic = config.text(Fields.DEAD_LETTER_TOPIC);
    return topic == null
        ? policy.thenSkip()
        : policy.thenHandOver(new DeadLetters(topic, mapper, queue, stopped, deadLetters));
  }

  private void ended(ConnectorConfig config, Session session, @Nullable Throwable error) {
    if (error == null) {
      return;
    }
    Throwable cause = error.getCause();
    Throwable told = error instanceof CompletionException && cause != null ? cause : error;
    if (told instanceof SessionTakenOverException
        && takeOvers.plan(() -> subscribe(config, session))) {
      log.warn(
          "Another task has taken the session {} over; this one takes it back in a while, unless"
              + " the worker stops it",
          session.durableName());
    } else {
      queue.end(new ConnectException(String.valueOf(told.getMessage()), told));
    }
  }

  SubscriptionStats stats() {
    return client.stats();
  }

  SubscriptionHealth health() {
    return client.health();
  }

  long deadLetters() {
    return deadLetters.sum();
  }

  /** Ends all, and waits for no record; the bridge keeps what is not acknowledged. */
  void close() {
    queue.end(null);
    synchronized (this) {
      closed = true;
    }
    stopped.completeExceptionally(new IllegalStateException("The task was stopped"));
    Duration drain = missing.get() == 0 ? ACKNOWLEDGING : ACKNOWLEDGING_SOME;
    subscriptions.forEach(subscription -> subscription.close(drain));
    client.close();
  }
}
