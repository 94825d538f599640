package io.nnnco.nhub;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.ManagementBuilder;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.internal.ClientResources;
import io.nnnco.nhub.stream.internal.Control;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.ProtocolMemory;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.direct.DirectTransport;
import io.nnnco.nhub.stream.internal.transport.paho.PahoTransport;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds an {@link NHubClient}. Not safe for use by several threads. */
public final class NHubClientBuilder {
  private final NHubEnvironment environment;
  private @Nullable Credentials credentials;
  private @Nullable Consumer<ManagementBuilder> management;
  private @Nullable ProxyServer proxy;
  private @Nullable Executor handlerExecutor;
  private MqttEngine engine = MqttEngine.PAHO;
  private Time time = Time.system();

  NHubClientBuilder(NHubEnvironment environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /**
   * Credentials for the bridge, of all subscriptions that have none {@linkplain
   * SubscribeOptionsBuilder#credentials of their own}; by default none.
   *
   * @param bridgeCredentials a certificate, or username and token
   * @return this builder
   */
  public NHubClientBuilder credentials(Credentials bridgeCredentials) {
    credentials = Objects.requireNonNull(bridgeCredentials, "bridgeCredentials");
    return this;
  }

  /**
   * The token of the management API; needed for {@link NHubClient#management()} only. The same as
   * {@code management(api -> api.token(token))}.
   *
   * @param token the token, sent as {@code Authorization: Bearer} (rule R2)
   * @return this builder
   */
  public NHubClientBuilder managementToken(Secret token) {
    Objects.requireNonNull(token, "token");
    return management(api -> api.token(token));
  }

  /**
   * Sets up {@link NHubClient#management()}, which needs a token or a token provider:
   *
   * <pre>{@code
   * NHubClient.builder(environment)
   *     .management(api -> api.tokenProvider(vault).callTimeout(Duration.ofMinutes(5)))
   *     .build();
   * }</pre>
   *
   * <p>May be called more than once: the calls add up.
   *
   * @param setup is given the builder of the management API, with this client's proxy, when the
   *     client is built
   * @return this builder
   */
  public NHubClientBuilder management(Consumer<ManagementBuilder> setup) {
    Objects.requireNonNull(setup, "setup");
    management = management == null ? setup : management.andThen(setup);
    return this;
  }

  /**
   * Where handlers run. By default on virtual threads where the JDK has them, or else on a pool of
   * at least 16 daemon threads that all subscriptions of the client share. An executor that refuses
   * work is offered it again every second.
   *
   * @param executor yours: it is never shut down by the client, and should outlive it
   * @return this builder
   */
  public NHubClientBuilder handlerExecutor(Executor executor) {
    handlerExecutor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Who speaks MQTT; by default {@link MqttEngine#PAHO}.
   *
   * @param mqttEngine the engine
   * @return this builder
   */
  public NHubClientBuilder engine(MqttEngine mqttEngine) {
    engine = Objects.requireNonNull(mqttEngine, "mqttEngine");
    return this;
  }

  /**
   * The proxy on the way to N-Hub, for both the stream and the management API; by default none. Its
   * answer counts towards {@link SubscribeOptions#connectTimeout()}, and what goes wrong with it is
   * an error of its own, in {@link ConnectionPhase#PROXY} where it is the proxy that says so.
   *
   * <p>The management API is an exception with a SOCKS proxy that wants a login, which its HTTP
   * client does not know: use {@link Management#builder} with an HTTP client of your own beside
   * this client, or a proxy without a login.
   *
   * @param server the proxy
   * @return this builder
   */
  public NHubClientBuilder proxy(ProxyServer server) {
    proxy = Objects.requireNonNull(server, "server");
    return this;
  }

  NHubClientBuilder time(Time source) {
    time = source;
    return this;
  }

  /**
   * The client. Nothing is connected yet.
   *
   * @return a new client
   * @throws IllegalArgumentException if the management API is set up, and there is a proxy that it
   *     cannot use
   * @throws IllegalStateException if the management API is set up without a token
   */
  public NHubClient build() {
    Management managementApi = managementApi();
    ScheduledExecutorService control = Control.start();
    Workers workers =
        handlerExecutor == null
            ? Workers.ofDefaults(control)
            : Workers.on(handlerExecutor, control);
    return new NHubClient(
        new ClientResources(
            environment,
            proxy,
            transports(engine, control),
            control,
            workers,
            time,
            () -> ThreadLocalRandom.current().nextDouble()),
        credentials,
        managementApi);
  }

  private @Nullable Management managementApi() {
    if (management == null) {
      return null;
    }
    ManagementBuilder builder = Management.builder(environment);
    if (proxy != null) {
      builder.proxy(proxy);
    }
    management.accept(builder);
    return builder.build();
  }

  private static Transport.Factory transports(MqttEngine engine, ScheduledExecutorService control) {
    ProtocolMemory memory = new ProtocolMemory();
    return (request, listener) ->
        engine == MqttEngine.DIRECT || request.protocol() == MqttVersion.MQTT_3_1_1
            ? new DirectTransport(request, listener, control, memory)
            : new PahoTransport(request, listener, control, memory);
  }
}
