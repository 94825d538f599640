package io.nnnco.nhub.testkit.internal.bridge;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The options of a {@link Bridge}. Immutable; the {@code with…} methods return changed copies.
 *
 * @param serverIdentities the server certificates
 * @param gatekeeper who may connect
 * @param listener the journals
 * @param port the port on the loopback interface; 0 for any free one
 * @param clock dates everything and lets sessions expire; may be virtual, see {@link
 *     Bridge#clockAdvanced()}
 * @param keepAliveClock measures the clients' silence: in real time except in the bridge's own
 *     tests, because clients ping in real time however the other clock is moved
 * @param permissive whether clients may publish, and subscribe outside their enterprise
 * @param rejectCertificatesInHandshake a client certificate that the gatekeeper refuses fails the
 *     TLS handshake, instead of the CONNECT
 */
public record BridgeOptions(
    ServerIdentity.Source serverIdentities,
    Gatekeeper gatekeeper,
    BridgeListener listener,
    int port,
    InstantSource clock,
    InstantSource keepAliveClock,
    boolean permissive,
    boolean rejectCertificatesInHandshake) {

  /** The defaults: any port, the system's time, strict, no journals. */
  public static BridgeOptions of(ServerIdentity.Source serverIdentities, Gatekeeper gatekeeper) {
    return new BridgeOptions(
        serverIdentities,
        gatekeeper,
        new BridgeListener() {},
        0,
        InstantSource.system(),
        steady(),
        false,
        false);
  }

  /** Real time, unaffected by changes of the machine's clock. */
  private static InstantSource steady() {
    Instant start = Instant.now();
    long nanos = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - nanos);
  }

  public BridgeOptions withListener(BridgeListener newListener) {
    return new BridgeOptions(
        serverIdentities,
        gatekeeper,
        newListener,
        port,
        clock,
        keepAliveClock,
        permissive,
        rejectCertificatesInHandshake);
  }

  public BridgeOptions withPort(int newPort) {
    return new BridgeOptions(
        serverIdentities,
        gatekeeper,
        listener,
        newPort,
        clock,
        keepAliveClock,
        permissive,
        rejectCertificatesInHandshake);
  }

  public BridgeOptions withClock(InstantSource newClock) {
    return new BridgeOptions(
        serverIdentities,
        gatekeeper,
        listener,
        port,
        newClock,
        keepAliveClock,
        permissive,
        rejectCertificatesInHandshake);
  }

  public BridgeOptions withKeepAliveClock(InstantSource newClock) {
    return new BridgeOptions(
        serverIdentities,
        gatekeeper,
        listener,
        port,
        clock,
        newClock,
        permissive,
        rejectCertificatesInHandshake);
  }

  public BridgeOptions withPermissive(boolean newPermissive) {
    return new BridgeOptions(
        serverIdentities,
        gatekeeper,
        listener,
        port,
        clock,
        keepAliveClock,
        newPermissive,
        rejectCertificatesInHandshake);
  }

  public BridgeOptions withRejectCertificatesInHandshake(boolean reject) {
    return new BridgeOptions(
        serverIdentities, gatekeeper, listener, port, clock, keepAliveClock, permissive, reject);
  }
}
