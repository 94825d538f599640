package io.nnnco.nhub.testkit.internal.bridge;

/**
 * What a bridge allows. Immutable; the {@code with…} methods return changed copies.
 *
 * @param permissive whether clients may publish, with QoS 2 as well, and subscribe outside their
 *     enterprise
 * @param rejectsCertificatesInHandshake a client certificate that is bad in itself fails the TLS
 *     handshake, instead of the CONNECT
 * @param grantsForeignFilters a subscription outside the client's enterprise is granted, and gets
 *     only messages of that enterprise, instead of being refused
 * @param maximumQueued how many messages of QoS 1 and 2 wait for a client
 */
public record BridgePolicy(
    boolean permissive,
    boolean rejectsCertificatesInHandshake,
    boolean grantsForeignFilters,
    int maximumQueued) {
  /** The defaults. */
  public static final BridgePolicy STRICT = new BridgePolicy(false, false, false, 100_000);

  /** The highest quality of service. */
  int maximumQos() {
    return permissive ? 2 : 1;
  }

  public BridgePolicy withPermissive() {
    return new BridgePolicy(
        true, rejectsCertificatesInHandshake, grantsForeignFilters, maximumQueued);
  }

  public BridgePolicy withRejectedCertificatesInHandshake() {
    return new BridgePolicy(permissive, true, grantsForeignFilters, maximumQueued);
  }

  public BridgePolicy withForeignFiltersGranted() {
    return new BridgePolicy(permissive, rejectsCertificatesInHandshake, true, maximumQueued);
  }

  public BridgePolicy withMaximumQueued(int messages) {
    return new BridgePolicy(
        permissive, rejectsCertificatesInHandshake, grantsForeignFilters, messages);
  }
}
