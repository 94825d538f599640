package io.nnnco.nhub.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What a client proves itself with at the bridge, and which CA it holds the bridge to: a {@link
 * ClientIdentity} (rule M3, recommended) or a {@link UsernamePassword} (rule M4).
 *
 * <p>Immutable, and safe for use by several threads.
 */
public sealed interface Credentials permits ClientIdentity, UsernamePassword {

  /**
   * The only certificates the bridge's own certificate may lead to (rule M2). The system's CAs are
   * not among them.
   *
   * @return one certificate or more; unmodifiable
   */
  List<X509Certificate> trustAnchors();

  /**
   * A TLS context that trusts {@link #trustAnchors()} alone, and with a {@link ClientIdentity}
   * presents its certificate.
   *
   * <p>Each call builds a new one, so no TLS session is carried over and each connection is
   * authenticated in full. It wants more of a server's certificate than the JDK does: a subject
   * alternative name for the host that the socket was made for, no signature with SHA-1, no RSA key
   * below 2048 bits. Whoever makes a socket of it sets the protocols to TLS 1.3 and 1.2, and names
   * the host in doing so. The client certificate's dates are not checked here; see {@link
   * #checkValidAt(Instant)}.
   *
   * @return a new context of the JDK's default provider
   */
  SSLContext sslContext();

  /**
   * Checks the dates; to be called before each connection. An expired identity can be loaded,
   * looked at and revoked; it cannot be connected with.
   *
   * <p>The certificates presented must be in date, and at least one trust anchor. Since the bridge
   * goes by its own clock, a certificate may be up to five minutes before its first moment: one
   * that was issued just now can be used on a machine whose clock is a little slow.
   *
   * @param now the time to check for
   * @throws IdentityExpiredException if a certificate is past its last moment
   * @throws IdentityException if a certificate is more than five minutes before its first
   */
  void checkValidAt(Instant now);
}
