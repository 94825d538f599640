package io.nnnco.nhub.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How a client authenticates with the bridge, and against which CA it verifies the bridge: a {@link
 * ClientIdentity} (recommended) or a {@link UsernamePassword}.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Credentials permits ClientIdentity, UsernamePassword {

  /**
   * The only certificates to which the bridge's own certificate may chain: the platform's CA. The
   * system trust store is not used.
   *
   * @return one certificate or more; unmodifiable
   */
  List<X509Certificate> trustAnchors();

  /**
   * Creates a TLS context that trusts only {@link #trustAnchors()} and, with a {@link
   * ClientIdentity}, presents its certificate.
   *
   * <p>Each call builds a new context, so no TLS session is reused and each connection is fully
   * authenticated. It requires more of a server's certificate than the JDK does: a subject
   * alternative name for the host that the socket was created for, no signature with SHA-1, no RSA
   * key below 2048 bits. The code that creates a socket from it must set the protocols to TLS 1.3
   * and 1.2, and give the host name. The context does not check the client certificate's dates; see
   * {@link #checkValidAt(Instant)}.
   *
   * @return a new context of the JDK's default provider
   */
  SSLContext sslContext();

  /**
   * Checks the dates; call it before each connection. An expired identity can be loaded, inspected
   * and revoked, but not used to connect.
   *
   * <p>The certificates presented must be in date, and so must at least one trust anchor. Because
   * the bridge uses its own clock, a certificate may be up to five minutes before its start: a
   * certificate that was just issued works on a machine whose clock is slightly slow.
   *
   * @param now the time to check against
   * @throws IdentityExpiredException if a certificate is past its last moment
   * @throws IdentityException if a certificate is more than five minutes before its first
   */
  void checkValidAt(Instant now);
}
