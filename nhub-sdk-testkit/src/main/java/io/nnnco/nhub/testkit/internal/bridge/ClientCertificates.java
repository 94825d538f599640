package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.handler.ssl.SslHandler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a client has shown of itself in the TLS handshake. */
final class ClientCertificates {
  private ClientCertificates() {}

  /** The chain, leaf first; empty if the client showed none. */
  static List<X509Certificate> of(SslHandler tls) {
    try {
      return Arrays.stream(tls.engine().getSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  /** SHA-256 of the first, in lower-case hexadecimal; null if there is none. */
  static @Nullable String fingerprint(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return null;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain.get(0).getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("A certificate that came over TLS has a SHA-256", e);
    }
  }
}
