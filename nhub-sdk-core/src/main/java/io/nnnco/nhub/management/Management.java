package io.nnnco.nhub.management;

import io.nnnco.nhub.core.NHubEnvironment;

/**
 * The management API of an N-Hub (rules R1 to R10): creates API keys, and issues, lists and revokes
 * MQTT certificates.
 *
 * <pre>{@code
 * try (Management management =
 *     Management.builder(NHubEnvironment.of("dev-au-03")).token(token).build()) {
 *   ApiKey key = management.apiKeys().create("svc-mqtt-prod");
 *   IssuedCertificate issued = management.certificates().issue("Production", key.id());
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads; make one and keep it. The token is sent to the environment's
 * own origin only: redirects are not followed.
 */
public final class Management implements AutoCloseable {
  private final ApiKeys apiKeys;
  private final Certificates certificates;
  private final AsyncManagement async;
  private final Runnable onClose;

  Management(ApiKeys apiKeys, Certificates certificates, AsyncManagement async, Runnable onClose) {
    this.apiKeys = apiKeys;
    this.certificates = certificates;
    this.async = async;
    this.onClose = onClose;
  }

  /**
   * Begins a management client.
   *
   * @param environment which N-Hub
   * @return the builder, which needs a token
   */
  public static ManagementBuilder builder(NHubEnvironment environment) {
    return new ManagementBuilder(environment);
  }

  /**
   * The API keys.
   *
   * @return the same object each time
   */
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /**
   * The certificates.
   *
   * @return the same object each time
   */
  public Certificates certificates() {
    return certificates;
  }

  /**
   * The same calls, as futures.
   *
   * @return the same object each time
   */
  public AsyncManagement async() {
    return async;
  }

  /**
   * Ends the calls under way, which throw {@link ManagementException}, and gives back threads and
   * connections, except those of an {@code OkHttpClient} or executor the builder was given. Calls
   * after this throw {@link IllegalStateException}. Closing again does nothing.
   */
  @Override
  public void close() {
    onClose.run();
  }
}
