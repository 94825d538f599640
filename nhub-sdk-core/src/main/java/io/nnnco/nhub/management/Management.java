package io.nnnco.nhub.management;

import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.core.NHubEnvironment;
import java.util.Objects;
import java.util.function.Function;

/**
 * The management API of an N-Hub: creates API keys, and issues, lists and revokes MQTT
 * certificates.
 *
 * <pre>{@code
 * try (Management management =
 *     Management.builder(NHubEnvironment.of("dev-au-03")).token(token).build()) {
 *   ApiKey key = management.apiKeys().create("svc-mqtt-prod");
 *   IssuedCertificate issued = management.certificates().issue("Production", key.id());
 * }
 * }</pre>
 *
 * <p>Thread-safe; create one and keep it. The token is sent only to the environment's own origin:
 * redirects are not followed.
 */
public final class Management implements AutoCloseable {
  private final ApiKeys apiKeys;
  private final Certificates certificates;
  private final AsyncManagement async;
  private final Function<ApiMetrics, MetricsBinding> onMeasure;
  private final Runnable onClose;

  Management(
      ApiKeys apiKeys,
      Certificates certificates,
      AsyncManagement async,
      Function<ApiMetrics, MetricsBinding> onMeasure,
      Runnable onClose) {
    this.apiKeys = apiKeys;
    this.certificates = certificates;
    this.async = async;
    this.onMeasure = onMeasure;
    this.onClose = onClose;
  }

  /**
   * Starts building a management client.
   *
   * @param environment the environment to connect to
   * @return the builder, which needs a token
   */
  public static ManagementBuilder builder(NHubEnvironment environment) {
    return new ManagementBuilder(environment);
  }

  /**
   * Returns the API keys.
   *
   * @return the same object each time
   */
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /**
   * Returns the certificates.
   *
   * @return the same object each time
   */
  public Certificates certificates() {
    return certificates;
  }

  /**
   * Returns the same calls as futures.
   *
   * @return the same object each time
   */
  public AsyncManagement async() {
    return async;
  }

  /**
   * Measures the requests from now on, those of {@link #async()} among them, for a metrics library.
   *
   * @param metrics told of each request that ends
   * @return ends the measuring
   */
  public MetricsBinding measure(ApiMetrics metrics) {
    Objects.requireNonNull(metrics, "metrics");
    return onMeasure.apply(metrics);
  }

  /**
   * Ends the calls in progress, which throw {@link ManagementException}, and releases threads and
   * connections, except those of an {@code OkHttpClient} or executor that was passed to the
   * builder. Later calls throw {@link IllegalStateException}. Closing again does nothing.
   */
  @Override
  public void close() {
    onClose.run();
  }
}
