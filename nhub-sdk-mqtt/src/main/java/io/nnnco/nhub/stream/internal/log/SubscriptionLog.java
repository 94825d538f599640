package io.nnnco.nhub.stream.internal.log;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever reads the log what happens to a subscription, whether it has a listener or not. A
 * line is written before the event goes on, on the thread that reports it: a message that is
 * discarded has its line before it is acknowledged, and the end has its own before anybody who
 * waits for it wakes. What repeats is summed up: {@link Repetitions}. Thread-safe.
 */
public final class SubscriptionLog {
  /** The logger, named after the public type. */
  public static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  private final String enterprise;
  private final String clientId;
  private final LogWriter writer;
  private final ScheduledExecutorService control;
  private final InstantSource clock;
  private final ConnectionLog connection;
  private final HandlerLog handlers = new HandlerLog();
  private final GapLog gaps = new GapLog();
  private @Nullable Future<?> summingUp;
  private boolean ended;

  /**
   * The log of one subscription.
   *
   * @param log where its lines go
   * @param options what it receives
   * @param clientId its MQTT client id
   * @param nhub where the bridge is
   * @param control sums up what repeats
   */
  public SubscriptionLog(
      Logger log,
      SubscribeOptions options,
      String clientId,
      NHubEnvironment nhub,
      ScheduledExecutorService control,
      InstantSource clock) {
    this.enterprise = LogText.enterprises(options);
    this.clientId = clientId;
    this.writer = new LogWriter(log, LogText.subject(options) + ": ");
    this.control = control;
    this.clock = clock;
    this.connection = new ConnectionLog(nhub, clientId);
  }

  /** What the next connection that is reported was made with. */
  public synchronized void connectedWith(MqttVersion version, Credentials credentials) {
    connection.connectedWith(version, credentials);
  }

  /** An event, and the state of the subscription after it. */
  public void tell(SubscriptionEvent event, SubscriptionState state) {
    write(entries(event, state));
  }

  private synchronized List<LogEntry> entries(SubscriptionEvent event, SubscriptionState state) {
    if (ended && !(event instanceof SubscriptionEvent.MessageFailed)) {
      return List.of();
    }
    List<LogEntry> entries = new ArrayList<>(1);
    if (event instanceof SubscriptionEvent.Closed) {
      end(entries, event.at());
    }
    LogEntry entry = handlers.entry(event);
    entry = entry == null ? gaps.entry(event) : entry;
    entry = entry == null ? connection.entry(event, state) : entry;
    if (entry != null) {
      entries.add(entry);
    }
    if (!ended && summingUp == null && isOwing()) {
      sumUpLater();
    }
    return entries;
  }

  private boolean isOwing() {
    return connection.isOwing() || handlers.isOwing() || gaps.isOwing();
  }

  private void end(List<LogEntry> entries, Instant now) {
    ended = true;
    addRepeated(entries, now);
    if (summingUp != null) {
      summingUp.cancel(false);
    }
  }

  private void sumUpLater() {
    try {
      summingUp = control.schedule(this::sumUp, Repetitions.PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client is closed; the end sums up.
    }
  }

  private void sumUp() {
    List<LogEntry> entries = new ArrayList<>(1);
    synchronized (this) {
      summingUp = null;
      if (!ended) {
        addRepeated(entries, clock.instant());
      }
    }
    write(entries);
  }

  private void addRepeated(List<LogEntry> entries, Instant now) {
    entries.addAll(handlers.repeated(now));
    Stream.of(gaps.repeated(now), connection.repeated(now))
        .filter(Objects::nonNull)
        .forEach(entries::add);
  }

  private void write(List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      entry.with("nhub.enterprise", enterprise).with("nhub.subscription", clientId);
      writer.write(entry);
    }
  }
}
