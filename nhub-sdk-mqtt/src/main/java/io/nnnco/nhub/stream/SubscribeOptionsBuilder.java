package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import io.nnnco.nhub.stream.gap.GapOptions;
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
  long windowBytes = 8L * 1024 * 1024;
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
  boolean handlerContext;
  @Nullable GapOptions gaps;

  SubscribeOptionsBuilder(Enterprise enterprise) {
    super(enterprise);
  }

  SubscribeOptionsBuilder(SubscribeOptions options) {
    super(options);
    credentials = options.credentials();
    qos = options.qos();
    protocol = options.protocol();
    window = options.window();
    windowBytes = options.windowBytes();
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
    handlerContext = options.handlerContext();
    gaps = options.gaps();
  }

  @Override
  SubscribeOptionsBuilder self() {
    return this;
  }

  /**
   * Credentials for this subscription alone; by default those of the client. For a client that uses
   * several API keys. {@link Subscription#updateCredentials} replaces them; {@code
   * NHubClient.updateCredentials} does not.
   *
   * @param bridgeCredentials a certificate, or username and token
   * @return this builder
   */
  public SubscribeOptionsBuilder credentials(Credentials bridgeCredentials) {
    credentials = Objects.requireNonNull(bridgeCredentials, "bridgeCredentials");
    return this;
  }

  /**
   * The requested QoS; by default {@link Qos#AT_LEAST_ONCE}.
   *
   * @param level the QoS
   * @return this builder
   */
  public SubscribeOptionsBuilder qos(Qos level) {
    qos = Objects.requireNonNull(level, "level");
    return this;
  }

  /**
   * Pins the version of MQTT; by default MQTT 5. If the bridge does not support it, {@link
   * MqttEngine#DIRECT} falls back to 3.1.1. With {@link MqttVersion#MQTT_3_1_1} the subscription
   * uses {@link MqttEngine#DIRECT}, whatever the client's engine is.
   *
   * @param version the version
   * @return this builder
   */
  public SubscribeOptionsBuilder protocol(MqttVersion version) {
    protocol = Objects.requireNonNull(version, "version");
    return this;
  }

  /**
   * How many messages may be in flight: read and not finished; by default 1,000. {@link
   * #windowBytes} limits their bytes.
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
   * How many bytes of topics and payloads may be in flight: read and not finished; by default 8
   * MiB. With messages of a few hundred bytes, {@link #window} is reached long before. At the
   * limit, the SDK stops reading until handlers have finished half of it. A message that is larger
   * than the limit is handled alone.
   *
   * <p>A decoded message needs memory too, while a handler works on it: two to four times its
   * payload if it consists of readings.
   *
   * @param bytes at least 1
   * @return this builder
   * @throws IllegalArgumentException if less
   */
  public SubscribeOptionsBuilder windowBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("A window has at least 1 byte, not " + bytes);
    }
    windowBytes = bytes;
    return this;
  }

  /**
   * Keeps the session across {@code close()} and a restart of the process: the bridge queues QoS 1
   * messages meanwhile, for as long as {@code expiry}. (The platform does not document this.) The
   * name becomes part of the client id, so only one process at a time may use it. If the name
   * subscribes to less than before, the SDK drops the former filters after their queued messages:
   * {@link SubscriptionEvent.FormerFiltersDropped}.
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
   * only, because the bridge may send the next message of a device to another. If the bridge does
   * not support shared subscriptions, the subscription ends with a {@link
   * SubscriptionRefusedException} with reason code 0x9E.
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
   * If the bridge refuses the credentials, or they are revoked or expired, waits for {@link
   * Subscription#updateCredentials}, or for that of the client. Without this option, the
   * subscription ends.
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
   * The keep-alive; by default 60 seconds, as the platform recommends.
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
   * How long a handler call may take before it counts as failed; by default 5 minutes.
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
   * How long to wait before reconnecting; by default {@link ReconnectPolicy#ofDefaults()}.
   *
   * @param policy the policy
   * @return this builder
   */
  public SubscribeOptionsBuilder reconnectPolicy(ReconnectPolicy policy) {
    reconnectPolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * The event listener; none by default.
   *
   * @param eventListener the listener
   * @return this builder
   */
  public SubscribeOptionsBuilder listener(SubscriptionListener eventListener) {
    listener = Objects.requireNonNull(eventListener, "eventListener");
    return this;
  }

  /**
   * Whether SLF4J's MDC says, while a handler is called, what it is called for; by default false,
   * because it costs time for each message. The entries are {@code nhub.device}, {@code
   * nhub.enterprise} and {@code nhub.subscription} (the MQTT client id); what the thread had under
   * these names is there again afterwards.
   *
   * <p>They hold on the thread that calls the handler until the handler returns. An asynchronous
   * handler has to pass them on to its other threads itself. A handler of batches has no {@code
   * nhub.device}, and {@code nhub.enterprise} only if there is one enterprise. Publishers, streams
   * and failure handlers have no entries.
   *
   * @param on true to set the entries
   * @return this builder
   */
  public SubscribeOptionsBuilder handlerContext(boolean on) {
    handlerContext = on;
    return this;
  }

  /**
   * Keeps a {@link Subscription#gaps() gap ledger}: which devices have lost messages, when, and
   * why. Off by default, because it costs memory for each device and a little time for each
   * message. Not with {@link #sharedGroup}: what the other members receive would be missing here.
   *
   * @param options how, such as {@link GapOptions#ofDefaults()}
   * @return this builder
   */
  public SubscribeOptionsBuilder gaps(GapOptions options) {
    gaps = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * The options.
   *
   * @return an immutable snapshot of this builder
   * @throws IllegalArgumentException if they contradict each other: {@link #gaps} and {@link
   *     #sharedGroup}
   */
  public SubscribeOptions build() {
    if (gaps != null && sharedGroup != null) {
      throw new IllegalArgumentException(
          "A gap ledger cannot see what the other members of the group "
              + sharedGroup
              + " receive, and would report it as missing. Leave out gaps(...) or"
              + " sharedGroup(...).");
    }
    return new SubscribeOptions(this);
  }
}
