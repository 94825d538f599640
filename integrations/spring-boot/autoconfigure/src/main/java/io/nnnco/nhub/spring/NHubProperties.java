package io.nnnco.nhub.spring;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code nhub.*}; {@code docs/spring-boot.md} has a row for each. Immutable.
 *
 * @param enabled Whether to create an N-Hub client, and to run the listeners.
 * @param environment Name of the hosted environment, such as dev-au-03.
 * @param apiUrl Address of the management API, in place of a hosted environment; needs mqtt too.
 * @param mqtt Host and port of the MQTT bridge, in place of a hosted environment; needs api-url
 *     too. The port is 8883 if left out.
 * @param engine MQTT implementation.
 * @param credentials Credentials for the bridge.
 * @param management The management API.
 * @param proxy The proxy on the way to N-Hub.
 * @param listener How listener methods are run.
 * @param subscription Defaults for the subscriptions of listener methods.
 */
@ConfigurationProperties("nhub")
public record NHubProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String environment,
    @Nullable String apiUrl,
    @Nullable String mqtt,
    @DefaultValue("paho") MqttEngine engine,
    @DefaultValue Credentials credentials,
    @DefaultValue Management management,
    @DefaultValue Proxy proxy,
    @DefaultValue Listener listener,
    @DefaultValue SubscriptionProperties subscription) {

  /**
   * Credentials for the bridge: a directory, a username with token and CA, or an SSL bundle.
   *
   * @param directory Directory with client.crt, client.key and ca.crt; or, as cert-manager writes
   *     them, tls.crt, tls.key and ca.crt.
   * @param keyPassword Password of an encrypted private key in the directory.
   * @param watch Whether to use new files in the directory without a restart.
   * @param managed A certificate in the directory that the application issues and renews.
   * @param username User name of an API key.
   * @param token Token of that API key.
   * @param ca File with the platform's CA certificate as PEM, for username and token.
   * @param sslBundle Name of a bundle under spring.ssl.bundle. Its key store is the client
   *     identity, and its trust store has the platform's CA. With username and token, only the
   *     trust store is used.
   */
  public record Credentials(
      @Nullable String directory,
      @Nullable String keyPassword,
      @DefaultValue("true") boolean watch,
      @DefaultValue Managed managed,
      @Nullable String username,
      @Nullable String token,
      @Nullable String ca,
      @Nullable String sslBundle) {
    @Override
    public String toString() {
      return "Credentials[directory="
          + directory
          + ", watch="
          + watch
          + ", managed="
          + managed
          + ", username="
          + username
          + ", ca="
          + ca
          + ", sslBundle="
          + sslBundle
          + "]";
    }

    /**
     * A certificate in the directory that the application issues and renews. Needs
     * nhub.credentials.directory and nhub.management.token.
     *
     * @param apiKeyId Id of the API key to issue certificates for; without it, none are issued.
     * @param name Name of the certificates on the platform, one for each directory. By default
     *     spring.application.name.
     * @param validity How long a certificate is valid, in whole hours.
     * @param renewBefore How long before its end a certificate is renewed. By default a third of
     *     its life.
     */
    public record Managed(
        @Nullable String apiKeyId,
        @Nullable String name,
        @DefaultValue("365d") Duration validity,
        @Nullable Duration renewBefore) {}
  }

  /**
   * The management API.
   *
   * @param token Token that may call the management API.
   */
  public record Management(@Nullable String token) {
    @Override
    public String toString() {
      return "Management[token=" + (token == null ? "none" : "hidden") + "]";
    }
  }

  /**
   * The proxy on the way to N-Hub.
   *
   * @param kind Protocol of the proxy.
   * @param host Name or address of the proxy; without it there is none.
   * @param port Port of the proxy.
   * @param username User name for the proxy.
   * @param password Password for the proxy.
   */
  public record Proxy(
      @DefaultValue("http") ProxyServer.Kind kind,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String username,
      @Nullable String password) {
    @Override
    public String toString() {
      return "Proxy[kind=" + kind + ", host=" + host + ", port=" + port + "]";
    }
  }

  /**
   * How listener methods are run.
   *
   * @param autoStartup Whether listeners start by themselves when the application is ready.
   * @param drain How long a stop waits for running listener methods. By default 12 seconds less
   *     than spring.lifecycle.timeout-per-shutdown-phase, and at least half of it.
   * @param keepAlive Whether the process keeps running while listeners are started, even without a
   *     web server.
   * @param threads Number of platform threads that run listener methods. Not used if
   *     spring.threads.virtual.enabled is true and the JDK has virtual threads. By default four for
   *     each processor, and at least 16.
   */
  public record Listener(
      @DefaultValue("true") boolean autoStartup,
      @Nullable Duration drain,
      @DefaultValue("true") boolean keepAlive,
      @Nullable Integer threads) {}

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
   * @param handlerContext Whether the MDC names device, enterprise and subscription while a
   *     listener method runs.
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
    public record Reconnect(
        @DefaultValue("1s") Duration initial, @DefaultValue("1m") Duration max) {}
  }
}
