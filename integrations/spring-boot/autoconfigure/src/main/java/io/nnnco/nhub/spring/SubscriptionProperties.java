package io.nnnco.nhub.spring;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Defaults for the subscriptions of listener methods. What is left out is the SDK's own default.
 *
 * @param enterprises Enterprises whose messages listeners receive that name none.
 * @param durableName Durable name of a listener that has none of its own; for an application with
 *     one listener.
 * @param sessionExpiry How long the bridge keeps the session of a durable name without a
 *     connection.
 * @param sharedGroup Group among whose members the messages are divided.
 * @param window How many messages may be in flight.
 * @param windowBytes How many bytes of topics and payloads may be in flight.
 * @param qos Requested quality of service.
 * @param protocol Version of MQTT; by default 5.
 * @param handlerDeadline How long a listener method may take before it counts as failed.
 * @param connectTimeout Deadline of one attempt to connect.
 * @param keepAlive MQTT keep-alive.
 * @param silentAfter After how long without a message to report silence.
 * @param awaitCredentials Whether to wait for new credentials if the bridge refuses them, rather
 *     than end the subscription.
 * @param handlerContext Whether the MDC names device, enterprise and subscription while a listener
 *     method runs.
 * @param failure What happens when a listener method fails.
 * @param reconnect How long to wait before reconnecting.
 */
public record SubscriptionProperties(
    @Nullable List<String> enterprises,
    @Nullable String durableName,
    @DefaultValue("7d") Duration sessionExpiry,
    @Nullable String sharedGroup,
    @Nullable Integer window,
    @Nullable DataSize windowBytes,
    @Nullable Qos qos,
    @Nullable MqttVersion protocol,
    @Nullable Duration handlerDeadline,
    @Nullable Duration connectTimeout,
    @Nullable Duration keepAlive,
    @Nullable Duration silentAfter,
    @DefaultValue("false") boolean awaitCredentials,
    @DefaultValue("false") boolean handlerContext,
    @DefaultValue Failure failure,
    @DefaultValue Reconnect reconnect) {

  /** What happens to a message after its last retry. */
  public enum LastResort {
    /** It is logged, acknowledged and discarded. */
    SKIP,
    /** The subscription ends, and the message stays with the bridge. */
    STOP
  }

  /**
   * What happens when a listener method fails.
   *
   * @param retries How often a message is retried that fails while others succeed.
   * @param firstDelay Longest delay before the first retry.
   * @param maxDelay Longest delay between two attempts.
   * @param patience For how long a message is retried when nothing else arrives.
   * @param lastResort What happens after the last retry, without an error handler.
   */
  public record Failure(
      @Nullable Integer retries,
      @Nullable Duration firstDelay,
      @Nullable Duration maxDelay,
      @Nullable Duration patience,
      @DefaultValue("skip") LastResort lastResort) {}

  /**
   * How long to wait before reconnecting.
   *
   * @param initial First limit of the wait.
   * @param max Highest limit of the wait.
   */
  public record Reconnect(@DefaultValue("1s") Duration initial, @DefaultValue("1m") Duration max) {}
}
