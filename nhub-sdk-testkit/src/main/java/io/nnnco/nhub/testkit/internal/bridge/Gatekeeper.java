package io.nnnco.nhub.testkit.internal.bridge;

/** Decides who may connect: the platform's side of rules M3 to M7. */
@FunctionalInterface
public interface Gatekeeper {
  /**
   * Called for each CONNECT, on the bridge's thread; must not block. The handshake has proved that
   * the client has the key of the certificate chain, but nobody has verified the chain.
   */
  ConnectDecision admit(ConnectAttempt attempt);
}
