package io.nnnco.nhub.management;

/** The API keys of the enterprise. Thread-safe. */
public interface ApiKeys {

  /**
   * Creates a service account. The same as {@code create(ApiKeySpec.of(username))}.
   *
   * @param username the key's name; not blank
   * @return the key, with its one-time token
   * @throws ManagementException if the key was not created, or the response was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  default ApiKey create(String username) {
    return create(ApiKeySpec.of(username));
  }

  /**
   * Creates an API key.
   *
   * @param spec the key to create
   * @return the key, with its one-time token
   * @throws ManagementException if the key was not created, or the response was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  ApiKey create(ApiKeySpec spec);
}
