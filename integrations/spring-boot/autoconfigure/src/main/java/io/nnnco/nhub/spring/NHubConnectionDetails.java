package io.nnnco.nhub.spring;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where N-Hub lives, and with what to authenticate. By default the properties say so; a bean of
 * this type takes the place of {@code nhub.environment}, {@code nhub.api-url}, {@code nhub.mqtt},
 * {@code nhub.credentials} and {@code nhub.management.token}.
 */
public interface NHubConnectionDetails extends ConnectionDetails {
  /**
   * The addresses.
   *
   * @return the environment
   */
  NHubEnvironment environment();

  /**
   * Credentials for the bridge.
   *
   * @return the credentials, or null for a client that does not subscribe
   */
  default @Nullable Credentials credentials() {
    return null;
  }

  /**
   * Credentials for the bridge that may change while the application runs, such as a {@code
   * WatchedIdentity}.
   *
   * @return the source, used in place of {@link #credentials()}; null by default
   */
  default @Nullable CredentialsSource credentialsSource() {
    return null;
  }

  /**
   * The token of the management API.
   *
   * @return the token, or null for a client that does not call it
   */
  default @Nullable Secret managementToken() {
    return null;
  }
}
