package io.nnnco.nhub.testkit.internal.bridge;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client presents.
 *
 * @param certificates the client's chain, leaf first; empty if it presented none
 * @param username from the CONNECT, or null
 * @param password from the CONNECT, or null
 * @param clientId as sent; may be empty
 * @param protocolLevel 4 or 5
 */
public record ConnectAttempt(
    List<X509Certificate> certificates,
    @Nullable String username,
    @Nullable String password,
    String clientId,
    int protocolLevel) {
  public ConnectAttempt {
    certificates = List.copyOf(certificates);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ConnectAttempt[clientId=" + clientId + ", username=" + username + "]";
  }
}
