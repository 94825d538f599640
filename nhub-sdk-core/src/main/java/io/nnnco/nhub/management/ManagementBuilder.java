package io.nnnco.nhub.management;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.management.internal.AsyncCalls;
import io.nnnco.nhub.management.internal.MonotonicTime;
import io.nnnco.nhub.management.internal.RestApi;
import io.nnnco.nhub.management.internal.RestApiKeys;
import io.nnnco.nhub.management.internal.RestCertificates;
import io.nnnco.nhub.management.internal.RestSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Management}. Needs a token. Defaults:
 *
 * <ul>
 *   <li>token scheme: {@link TokenScheme#BEARER}
 *   <li>retries: {@link RetryPolicy#ofDefaults()}
 *   <li>call timeout: 60 s, attempt timeout: 20 s
 *   <li>HTTP: an {@code OkHttpClient} of its own
 *   <li>proxy: as the JDK's default {@code ProxySelector} says
 *   <li>asynchronous calls: on at most 8 daemon threads of its own
 *   <li>clock: the system's
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class ManagementBuilder {
  private final NHubEnvironment environment;
  private @Nullable TokenProvider tokens;
  private TokenScheme scheme = TokenScheme.BEARER;
  private RetryPolicy retryPolicy = RetryPolicy.ofDefaults();
  private Duration callTimeout = Duration.ofSeconds(60);
  private Duration attemptTimeout = Duration.ofSeconds(20);
  private @Nullable OkHttpClient httpClient;
  private @Nullable ProxyServer proxy;
  private @Nullable Executor executor;
  private InstantSource clock = InstantSource.system();
  private MonotonicTime time = MonotonicTime.system();
  private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

  ManagementBuilder(NHubEnvironment environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /**
   * Sets a token that does not change. Replaces {@link #tokenProvider}.
   *
   * @param token the management token
   * @return this builder
   */
  public ManagementBuilder token(Secret token) {
    Objects.requireNonNull(token, "token");
    return tokenProvider(() -> token);
  }

  /**
   * Asks for a token before each request. Replaces {@link #token}.
   *
   * @param provider the source of tokens
   * @return this builder
   */
  public ManagementBuilder tokenProvider(TokenProvider provider) {
    this.tokens = Objects.requireNonNull(provider, "provider");
    return this;
  }

  /**
   * Sets the word before the token.
   *
   * @param value the scheme
   * @return this builder
   */
  public ManagementBuilder tokenScheme(TokenScheme value) {
    this.scheme = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Sets how requests are retried.
   *
   * @param policy the policy
   * @return this builder
   */
  public ManagementBuilder retryPolicy(RetryPolicy policy) {
    this.retryPolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Limits a whole call: all its attempts and the waits between them. For the list of certificates,
   * each page is a call, and all of them together may take ten times as long.
   *
   * @param limit the time; positive, at most a day
   * @return this builder
   * @throws IllegalArgumentException if the time is out of range
   */
  public ManagementBuilder callTimeout(Duration limit) {
    this.callTimeout = positive(limit);
    return this;
  }

  /**
   * Limits each attempt, from resolving the host name to the last byte of the response.
   *
   * @param limit the time; positive, at most a day
   * @return this builder
   * @throws IllegalArgumentException if the time is out of range
   */
  public ManagementBuilder attemptTimeout(Duration limit) {
    this.attemptTimeout = positive(limit);
    return this;
  }

  /**
   * Uses your own HTTP client: its connection pool, proxy, DNS, TLS settings, interceptors, and
   * connect and read timeouts. Its redirects, authenticator and cache are not used. It is never
   * closed.
   *
   * @param client the client
   * @return this builder
   */
  public ManagementBuilder httpClient(OkHttpClient client) {
    this.httpClient = Objects.requireNonNull(client, "client");
    return this;
  }

  /**
   * Uses a proxy, whatever the HTTP client's setting. An API on this machine over plain {@code
   * http} is called directly all the same: a proxy would read the token.
   *
   * @param server the proxy
   * @return this builder
   * @throws IllegalArgumentException if it is a SOCKS proxy with a login, which the HTTP client
   *     does not support
   */
  public ManagementBuilder proxy(ProxyServer server) {
    if (server.kind() == ProxyServer.Kind.SOCKS5 && server.username() != null) {
      throw new IllegalArgumentException(
          "The management API cannot log in at a SOCKS proxy; give it an HTTP client of your own.");
    }
    this.proxy = server;
    return this;
  }

  /**
   * Sets the clock that decides whether a certificate has expired and how far away a {@code
   * Retry-After} date is. Time limits and waits do not use it.
   *
   * @param value the clock
   * @return this builder
   */
  public ManagementBuilder clock(InstantSource value) {
    this.clock = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Runs the calls of {@link Management#async()} on your own executor, such as one with virtual
   * threads. It is never closed.
   *
   * @param value the executor; the calls block its threads
   * @return this builder
   */
  public ManagementBuilder executor(Executor value) {
    this.executor = Objects.requireNonNull(value, "value");
    return this;
  }

  /** For tests: virtual time and chosen jitter. */
  ManagementBuilder timing(MonotonicTime time, DoubleSupplier random) {
    this.time = time;
    this.random = random;
    return this;
  }

  /**
   * Creates the client. This sends nothing.
   *
   * @return the client; close it after use
   * @throws IllegalStateException if there is no token
   * @throws UnusableTrustStoreException if no HTTP client was given and this Java runtime's trust
   *     store cannot be read, for example because of a wrong {@code
   *     javax.net.ssl.trustStorePassword}
   */
  public Management build() {
    if (tokens == null) {
      throw new IllegalStateException("Set a token or a token provider first.");
    }
    RestApi api =
        new RestApi(
            new RestSettings(
                environment.api(),
                tokens,
                scheme,
                retryPolicy,
                callTimeout,
                attemptTimeout,
                proxy,
                clock,
                time,
                random),
            httpClient);
    ApiKeys apiKeys = new RestApiKeys(api);
    Certificates certificates = new RestCertificates(api);
    AsyncCalls calls = new AsyncCalls(executor);
    return new Management(
        apiKeys,
        certificates,
        new AsyncManagement(apiKeys, certificates, calls),
        api::measure,
        () -> {
          calls.close();
          api.close();
        });
  }

  private static Duration positive(Duration limit) {
    if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "A time limit must be positive and at most a day, not " + DurationText.of(limit) + ".");
    }
    return limit;
  }
}
