package io.nnnco.nhub;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.ManagementBuilder;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.internal.ClientResources;
import io.nnnco.nhub.stream.internal.Control;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.WorkerPool;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.ProtocolMemory;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.direct.DirectTransport;
import io.nnnco.nhub.stream.internal.transport.paho.PahoTransport;
import java.util.ArrayList;
import java.util.List;
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
  private boolean keepJvmRunning;
  private final List<HandlerInterceptor.Factory> interceptors = new ArrayList<>();
  private Time time = Time.system();

  NHubClientBuilder(NHubEnvironment environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /**
   * Credentials for the bridge, for all subscriptions without {@linkplain
   * SubscribeOptionsBuilder#credentials credentials of their own}; none by default.
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
   * @param token the token, sent as {@code Authorization: Bearer}
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
   * @param setup receives the builder of the management API, with this client's proxy, when the
   *     client is built
   * @return this builder
   */
  public NHubClientBuilder management(Consumer<ManagementBuilder> setup) {
    Objects.requireNonNull(setup, "setup");
    management = management == null ? setup : management.andThen(setup);
    return this;
  }

  /**
   * Where handlers run; by default on virtual threads if the JDK has them, otherwise on a pool of
   * at least 16 daemon threads, shared by all subscriptions of the client. These have the context
   * class loader of the thread that builds the client, and inherit no thread-locals. If an executor
   * rejects work, the SDK offers it again every second.
   *
   * @param executor your executor; the client never shuts it down, and it should outlive the client
   * @return this builder
   */
  public NHubClientBuilder handlerExecutor(Executor executor) {
    handlerExecutor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * The MQTT engine; by default {@link MqttEngine#PAHO}.
   *
   * @param mqttEngine the engine
   * @return this builder
   */
  public NHubClientBuilder engine(MqttEngine mqttEngine) {
    engine = Objects.requireNonNull(mqttEngine, "mqttEngine");
    return this;
  }

  /**
   * The proxy for both the stream and the management API; none by default. Its response counts
   * towards {@link SubscribeOptions#connectTimeout()}. Errors of the proxy have codes of their own,
   * and the phase {@link ConnectionPhase#PROXY} if the proxy reports them.
   *
   * <p>The management API does not support a SOCKS proxy with a login, because its HTTP client does
   * not: use {@link Management#builder} with an HTTP client of your own, or a proxy without a
   * login.
   *
   * @param server the proxy
   * @return this builder
   */
  public NHubClientBuilder proxy(ProxyServer server) {
    proxy = Objects.requireNonNull(server, "server");
    return this;
  }

  /**
   * Whether the JVM keeps running until the client is closed. By default it does not: all threads
   * of the SDK are daemons, so the JVM ends when {@code main} returns. Use it for programs that
   * wait for nothing else, such as a Spring Boot application without a web server.
   *
   * <p>It also keeps running after a subscription has ended with an error: observe {@link
   * Subscription#closed()} or {@link Subscription#health()}, or wait in {@link
   * Subscription#awaitClosed()} instead, which throws that error.
   *
   * @param keep true to run {@code nhub-control} as a non-daemon thread, from {@link #build()} to
   *     {@link NHubClient#close()}
   * @return this builder
   */
  public NHubClientBuilder keepJvmRunning(boolean keep) {
    keepJvmRunning = keep;
    return this;
  }

  /**
   * Surrounds the handler calls of all subscriptions, for instance with a trace. May be called more
   * than once: the first interceptor is the outermost.
   *
   * @param factory creates the interceptor of each subscription
   * @return this builder
   */
  public NHubClientBuilder interceptor(HandlerInterceptor.Factory factory) {
    interceptors.add(Objects.requireNonNull(factory, "factory"));
    return this;
  }

  NHubClientBuilder time(Time source) {
    time = source;
    return this;
  }

  /**
   * Builds the client. It does not connect yet.
   *
   * @return a new client
   * @throws IllegalArgumentException if the management API is set up, and there is a proxy that it
   *     cannot use
   * @throws IllegalStateException if the management API is set up without a token
   */
  public NHubClient build() {
    Management managementApi = managementApi();
    ScheduledExecutorService control = Control.start(!keepJvmRunning);
    Workers workers =
        handlerExecutor == null
            ? Workers.ofDefaults(control)
            : Workers.on(handlerExecutor, control);
    WorkerPool writers = WorkerPool.ofWriters();
    return new NHubClient(
        new ClientResources(
            environment,
            proxy,
            transports(engine, control, writers),
            control,
            workers,
            writers,
            List.copyOf(interceptors),
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

  private static Transport.Factory transports(
      MqttEngine engine, ScheduledExecutorService control, Executor writers) {
    ProtocolMemory memory = new ProtocolMemory();
    return (request, listener) ->
        engine == MqttEngine.DIRECT || request.protocol() == MqttVersion.MQTT_3_1_1
            ? new DirectTransport(request, listener, control, writers, memory)
            : new PahoTransport(request, listener, control, writers, memory);
  }
}
