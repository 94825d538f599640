package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link SubscribeOptions}. Not safe for use by several threads; may be used again after
 * {@link #build()}.
 */
public final class SubscribeOptionsBuilder extends SelectionBuilder {
  @Nullable Credentials credentials;
  Qos qos = Qos.AT_LEAST_ONCE;
  @Nullable MqttVersion protocol;
  int window = 1_000;
  @Nullable String durableName;
  @Nullable String sharedGroup;
  boolean awaitCredentials;
  Duration sessionExpiry = Duration.ofMinutes(5);
  Duration connectTimeout = Duration.ofSeconds(30);
  Duration keepAlive = Duration.ofSeconds(60);
  Duration handlerDeadline = Duration.ofMinutes(5);
  Duration silentAfter = Duration.ofMinutes(10);
  FailurePolicy failurePolicy = FailurePolicy.ofDefaults();
  ReconnectPolicy reconnectPolicy = ReconnectPolicy.ofDefaults();
  SubscriptionListener listener = event -> {};

  SubscribeOptionsBuilder(Enterprise enterprise) {
    super(enterprise);
  }

  SubscribeOptionsBuilder(SubscribeOptions options) {
    super(options);
    credentials = options.credentials();
    qos = options.qos();
    protocol = options.protocol();
    window = options.window();
    durableName = options.durableName();
    sharedGroup = options.sharedGroup();
    awaitCredentials = options.awaitCredentials();
    sessionExpiry = options.sessionExpiry();
    connectTimeout = options.connectTimeout();
    keepAlive = options.keepAlive();
    handlerDeadline = options.handlerDeadline();
    silentAfter = options.silentAfter();
    failurePolicy = options.failurePolicy();
    reconnectPolicy = options.reconnectPolicy();
    listener = options.listener();
  }

  @Override
  SubscribeOptionsBuilder self() {
    return this;
  }

  /**
   * Credentials for the bridge of this subscription's own; by default it has those of the client.
   * For one client that receives with several API keys. {@link Subscription#updateCredentials}
   * replaces them, and {@code NHubClient.updateCredentials} does not.
   *
   * @param bridgeCredentials a certificate, or username and token
   * @return this builder
   */
  public SubscribeOptionsBuilder credentials(Credentials bridgeCredentials) {
    credentials = Objects.requireNonNull(bridgeCredentials, "bridgeCredentials");
    return this;
  }

  /**
   * The QoS to ask for; by default {@link Qos#AT_LEAST_ONCE}.
   *
   * @param level the QoS
   * @return this builder
   */
  public SubscribeOptionsBuilder qos(Qos level) {
    qos = Objects.requireNonNull(level, "level");
    return this;
  }

  /**
   * Pins the version of MQTT. By default MQTT 5; {@link MqttEngine#DIRECT} also speaks 3.1.1, where
   * the bridge does not speak 5. With {@link MqttVersion#MQTT_3_1_1} the subscription is received
   * by {@link MqttEngine#DIRECT}, whatever the client's engine is.
   *
   * @param version the version
   * @return this builder
   */
  public SubscribeOptionsBuilder protocol(MqttVersion version) {
    protocol = Objects.requireNonNull(version, "version");
    return this;
  }

  /**
   * How many messages may be read and not yet finished; by default 1,000.
   *
   * @param messages from 1 to 65,535
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public SubscribeOptionsBuilder window(int messages) {
    if (messages < 1 || messages > 65_535) {
      throw new IllegalArgumentException("A window has 1 to 65,535 messages, not " + messages);
    }
    window = messages;
    return this;
  }

  /**
   * Keeps the session over {@code close()} and a restart of the process: the bridge queues QoS 1
   * messages meanwhile (rule M16, assumed), for as long as {@code expiry}. The name becomes part of
   * the client id, so only one process at a time may use it. Where the name asks for less than
   * before, the rest ends after what was queued: {@link SubscriptionEvent.FormerFiltersDropped}.
   *
   * @param name 1 to 64 letters, digits, hyphens and underscores, unique among your clients
   * @param expiry how long the bridge keeps the session without a connection
   * @return this builder
   * @throws IllegalArgumentException if the name or the expiry cannot be used
   */
  public SubscribeOptionsBuilder durable(String name, Duration expiry) {
    durableName = OptionLimits.name("A durable name", name);
    sessionExpiry = OptionLimits.seconds("expiry", expiry, 0xFFFF_FFFFL);
    return this;
  }

  /**
   * Divides the messages among all subscriptions of the same group, in this process or others
   * (shared subscriptions: MQTT 5, section 4.8.2). The order per device holds within one member
   * only, as the bridge may send the next message of a device to another. Where the bridge has no
   * shared subscriptions, the subscription ends with a {@link SubscriptionRefusedException} of
   * reason code 0x9E.
   *
   * @param group 1 to 64 letters, digits, hyphens and underscores
   * @return this builder
   * @throws IllegalArgumentException if the name cannot be used
   */
  public SubscribeOptionsBuilder sharedGroup(String group) {
    sharedGroup = OptionLimits.name("A group's name", group);
    return this;
  }

  /**
   * Waits for {@link Subscription#updateCredentials}, or for that of the client, when the
   * credentials are refused, revoked or expired, where otherwise the subscription would end.
   *
   * @return this builder
   */
  public SubscribeOptionsBuilder awaitCredentials() {
    awaitCredentials = true;
    return this;
  }

  /**
   * The deadline of one attempt to connect, over DNS, TCP, TLS, CONNECT and SUBSCRIBE together; by
   * default 30 seconds.
   *
   * @param timeout more than zero
   * @return this builder
   */
  public SubscribeOptionsBuilder connectTimeout(Duration timeout) {
    connectTimeout = OptionLimits.positive("connectTimeout", timeout);
    return this;
  }

  /**
   * The keep-alive; by default 60 seconds, as the platform recommends (rule M10).
   *
   * @param interval from 1 to 65,535 whole seconds
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public SubscribeOptionsBuilder keepAlive(Duration interval) {
    keepAlive = OptionLimits.seconds("keepAlive", interval, 65_535);
    return this;
  }

  /**
   * How long a handler may take for one message before the failure policy decides; by default 5
   * minutes.
   *
   * @param deadline more than zero
   * @return this builder
   */
  public SubscribeOptionsBuilder handlerDeadline(Duration deadline) {
    handlerDeadline = OptionLimits.positive("handlerDeadline", deadline);
    return this;
  }

  /**
   * After how long without a message to report {@link SubscriptionEvent.Silent}; by default 10
   * minutes.
   *
   * @param time more than zero
   * @return this builder
   */
  public SubscribeOptionsBuilder silentAfter(Duration time) {
    silentAfter = OptionLimits.positive("silentAfter", time);
    return this;
  }

  /**
   * What happens when a handler fails; by default {@link FailurePolicy#ofDefaults()}.
   *
   * @param policy the policy
   * @return this builder
   */
  public SubscribeOptionsBuilder failurePolicy(FailurePolicy policy) {
    failurePolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * How long to wait before connecting again; by default {@link ReconnectPolicy#ofDefaults()}.
   *
   * @param policy the policy
   * @return this builder
   */
  public SubscribeOptionsBuilder reconnectPolicy(ReconnectPolicy policy) {
    reconnectPolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Who hears of events; by default nobody.
   *
   * @param eventListener the listener
   * @return this builder
   */
  public SubscribeOptionsBuilder listener(SubscriptionListener eventListener) {
    listener = Objects.requireNonNull(eventListener, "eventListener");
    return this;
  }

  /**
   * The options.
   *
   * @return an immutable snapshot of this builder
   */
  public SubscribeOptions build() {
    return new SubscribeOptions(this);
  }
}
