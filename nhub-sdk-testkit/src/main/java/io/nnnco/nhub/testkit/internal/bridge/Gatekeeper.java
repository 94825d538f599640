package io.nnnco.nhub.testkit.internal.bridge;

/** Decides who may connect: the platform's side of rules M3 to M7. */
@FunctionalInterface
public interface Gatekeeper {
  /**
   * Called for each CONNECT, on the bridge's thread; must not block. The certificate chain has been
   * shown and proved in the handshake, but nobody has verified it.
   */
  Admission admit(ConnectAttempt attempt);
}
