package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.TopicGrammar;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import io.nnnco.nhub.stream.gap.GapOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to receive, and how. Made with {@link #builder(String)}; immutable.
 *
 * <p>Defaults: the uplinks of all devices of the enterprise, QoS 1, a window of 1,000 messages or 8
 * MiB, a session that lasts five minutes beyond a lost connection and ends with {@code close()},
 * {@link FailurePolicy#ofDefaults()} and {@link ReconnectPolicy#ofDefaults()}.
 */
public final class SubscribeOptions {
  private final List<Enterprise> enterprises;
  private final Set<MessageKind> kinds;
  private final Set<String> devices;
  private final @Nullable Credentials credentials;
  private final Qos qos;
  private final @Nullable MqttVersion protocol;
  private final int window;
  private final long windowBytes;
  private final @Nullable String durableName;
  private final Duration sessionExpiry;
  private final @Nullable String sharedGroup;
  private final boolean awaitCredentials;
  private final Duration connectTimeout;
  private final Duration keepAlive;
  private final Duration handlerDeadline;
  private final Duration silentAfter;
  private final FailurePolicy failurePolicy;
  private final ReconnectPolicy reconnectPolicy;
  private final SubscriptionListener listener;
  private final boolean handlerContext;
  private final @Nullable GapOptions gaps;

  SubscribeOptions(SubscribeOptionsBuilder builder) {
    this.enterprises = List.copyOf(builder.enterprises);
    this.kinds = inOrder(builder.kinds);
    this.devices = inOrder(builder.devices);
    this.credentials = builder.credentials;
    this.qos = builder.qos;
    this.protocol = builder.protocol;
    this.window = builder.window;
    this.windowBytes = builder.windowBytes;
    this.durableName = builder.durableName;
    this.sessionExpiry = builder.sessionExpiry;
    this.sharedGroup = builder.sharedGroup;
    this.awaitCredentials = builder.awaitCredentials;
    this.connectTimeout = builder.connectTimeout;
    this.keepAlive = builder.keepAlive;
    this.handlerDeadline = builder.handlerDeadline;
    this.silentAfter = builder.silentAfter;
    this.failurePolicy = builder.failurePolicy;
    this.reconnectPolicy = builder.reconnectPolicy;
    this.listener = builder.listener;
    this.handlerContext = builder.handlerContext;
    this.gaps = builder.gaps;
  }

  /** Set.copyOf would give another order in each process. */
  private static <T> Set<T> inOrder(Set<T> elements) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(elements));
  }

  /**
   * Begins with an enterprise.
   *
   * @param enterprise its code, such as {@code nnn.acme}
   * @return a builder with the defaults
   * @throws IllegalArgumentException if the code is not well formed
   */
  public static SubscribeOptionsBuilder builder(String enterprise) {
    return new SubscribeOptionsBuilder(Enterprise.of(enterprise));
  }

  /**
   * Begins with an enterprise.
   *
   * @param enterprise the enterprise
   * @return a builder with the defaults
   */
  public static SubscribeOptionsBuilder builder(Enterprise enterprise) {
    return new SubscribeOptionsBuilder(enterprise);
  }

  /**
   * Begins with these options, to change some of them.
   *
   * @return a new builder, of which nothing changes these options
   */
  public SubscribeOptionsBuilder toBuilder() {
    return new SubscribeOptionsBuilder(this);
  }

  /**
   * The topic filters of these options.
   *
   * @return one per enterprise, device and kind, as few as say it: enterprises and devices in the
   *     order they were given, then kinds in that of {@link MessageKind}
   */
  public List<String> topicFilters() {
    List<String> filters = new ArrayList<>();
    for (Enterprise enterprise : enterprises) {
      String prefix = enterprise.topicPrefix();
      if (devices.isEmpty() && kinds.isEmpty()) {
        filters.add(TopicGrammar.allBelow(prefix));
      } else {
        for (String device : devices.isEmpty() ? Set.of(TopicGrammar.ANY_LEVEL) : devices) {
          levels().forEach(level -> filters.add(TopicGrammar.topic(prefix, device, level)));
        }
      }
    }
    String group = sharedGroup;
    if (group != null) {
      filters.replaceAll(filter -> TopicGrammar.shared(group, filter));
    }
    return List.copyOf(filters);
  }

  private Set<String> levels() {
    Set<String> levels = new LinkedHashSet<>();
    kinds.stream().sorted().map(MessageKind::topicLevel).forEach(levels::add);
    return levels.isEmpty() ? Set.of(TopicGrammar.ANY_LEVEL) : levels;
  }

  /**
   * The enterprises.
   *
   * @return at least one
   */
  public List<Enterprise> enterprises() {
    return enterprises;
  }

  /**
   * The kinds of messages.
   *
   * @return the kinds in the order of {@link MessageKind}; empty for all, those that this version
   *     does not know included
   */
  public Set<MessageKind> kinds() {
    return kinds;
  }

  /**
   * The devices.
   *
   * @return their ids, in the order they were given; empty for all devices
   */
  public Set<String> devices() {
    return devices;
  }

  /**
   * The credentials of this subscription.
   *
   * @return its own, or null where it has those of the client
   */
  public @Nullable Credentials credentials() {
    return credentials;
  }

  /**
   * The QoS that is asked for.
   *
   * @return {@link Qos#AT_LEAST_ONCE} by default
   */
  public Qos qos() {
    return qos;
  }

  /**
   * The version of MQTT that is spoken, whatever happens.
   *
   * @return the version; null where the engine decides, which begins with MQTT 5
   */
  public @Nullable MqttVersion protocol() {
    return protocol;
  }

  /**
   * How many messages may be read and not yet finished: the receive maximum of the connection.
   *
   * @return 1,000 by default
   */
  public int window() {
    return window;
  }

  /**
   * How many bytes of topics, payloads and user properties may be read and not yet finished.
   *
   * @return 8 MiB by default
   */
  public long windowBytes() {
    return windowBytes;
  }

  /**
   * The name of the durable session.
   *
   * @return the name, or null where the session ends with {@code close()}
   */
  public @Nullable String durableName() {
    return durableName;
  }

  /**
   * The group that divides the messages among its members.
   *
   * @return its name, or null where this subscription gets all of them
   */
  public @Nullable String sharedGroup() {
    return sharedGroup;
  }

  /**
   * Whether refused credentials leave the subscription waiting for others.
   *
   * @return false by default: they end it
   */
  public boolean awaitCredentials() {
    return awaitCredentials;
  }

  /**
   * How long the bridge keeps the session when the connection is gone.
   *
   * @return five minutes by default
   */
  public Duration sessionExpiry() {
    return sessionExpiry;
  }

  /**
   * The deadline of one attempt to connect, from DNS to SUBACK.
   *
   * @return 30 seconds by default
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * The keep-alive, in whole seconds.
   *
   * @return 60 seconds by default
   */
  public Duration keepAlive() {
    return keepAlive;
  }

  /**
   * How long a handler may take for one message.
   *
   * @return 5 minutes by default
   */
  public Duration handlerDeadline() {
    return handlerDeadline;
  }

  /**
   * After how long without a message {@link SubscriptionEvent.Silent} is reported.
   *
   * @return 10 minutes by default
   */
  public Duration silentAfter() {
    return silentAfter;
  }

  /**
   * What happens when a handler fails.
   *
   * @return {@link FailurePolicy#ofDefaults()} by default
   */
  public FailurePolicy failurePolicy() {
    return failurePolicy;
  }

  /**
   * How long to wait before connecting again.
   *
   * @return {@link ReconnectPolicy#ofDefaults()} by default
   */
  public ReconnectPolicy reconnectPolicy() {
    return reconnectPolicy;
  }

  /**
   * The event listener.
   *
   * @return by default a listener that does nothing
   */
  public SubscriptionListener listener() {
    return listener;
  }

  /**
   * Whether SLF4J's MDC has entries while a handler is called.
   *
   * @return false by default
   */
  public boolean handlerContext() {
    return handlerContext;
  }

  /**
   * How gaps in what devices send are found.
   *
   * @return the options of the {@link Subscription#gaps() gap ledger}; null where there is none, as
   *     by default
   */
  public @Nullable GapOptions gaps() {
    return gaps;
  }

  /** What is received, and by which session; for a log. No credentials. */
  @Override
  public String toString() {
    return "SubscribeOptions["
        + String.join(", ", topicFilters())
        + ", "
        + qos
        + ", window "
        + window
        + (durableName == null ? "" : ", durable name " + durableName)
        + "]";
  }
}
