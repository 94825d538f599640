package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A server's key and certificate chain, leaf first.
 *
 * @param key the private key of the first certificate
 * @param chain the chain as sent in the handshake
 */
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
  public ServerIdentity {
    chain = List.copyOf(chain);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ServerIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
  }

  /** The source of the bridge's certificates. */
  @FunctionalInterface
  public interface Source {
    /**
     * Called for each connection, on the bridge's thread; should return the same object until the
     * certificate changes.
     */
    ServerIdentity get(ServerCertificate kind);
  }
}
