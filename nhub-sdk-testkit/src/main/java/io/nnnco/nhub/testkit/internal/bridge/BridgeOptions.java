package io.nnnco.nhub.testkit.internal.bridge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The options of a {@link Bridge}. Immutable; the {@code with…} methods return changed copies.
 *
 * @param serverIdentities the server certificates
 * @param gatekeeper who may connect
 * @param listener the journals
 * @param address where to listen; port 0 for any free one
 * @param clock dates everything and lets sessions expire; may be virtual, see {@link
 *     Bridge#clockAdvanced()}
 * @param keepAliveClock measures the clients' silence: in real time except in the bridge's own
 *     tests, because clients ping in real time however the other clock is moved
 * @param policy what it allows
 */
public record BridgeOptions(
    ServerIdentity.Source serverIdentities,
    Gatekeeper gatekeeper,
    BridgeListener listener,
    InetSocketAddress address,
    InstantSource clock,
    InstantSource keepAliveClock,
    BridgePolicy policy) {

  /** The defaults: any port of the loopback interface, the system's time, strict, no journals. */
  public static BridgeOptions of(ServerIdentity.Source serverIdentities, Gatekeeper gatekeeper) {
    return new BridgeOptions(
        serverIdentities,
        gatekeeper,
        new BridgeListener() {},
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        InstantSource.system(),
        steady(),
        BridgePolicy.STRICT);
  }

  /** Real time, unaffected by changes of the machine's clock. */
  private static InstantSource steady() {
    Instant start = Instant.now();
    long nanos = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - nanos);
  }

  public BridgeOptions withListener(BridgeListener newListener) {
    return new BridgeOptions(
        serverIdentities, gatekeeper, newListener, address, clock, keepAliveClock, policy);
  }

  public BridgeOptions withAddress(InetSocketAddress newAddress) {
    return new BridgeOptions(
        serverIdentities, gatekeeper, listener, newAddress, clock, keepAliveClock, policy);
  }

  public BridgeOptions withClock(InstantSource newClock) {
    return new BridgeOptions(
        serverIdentities, gatekeeper, listener, address, newClock, keepAliveClock, policy);
  }

  public BridgeOptions withKeepAliveClock(InstantSource newClock) {
    return new BridgeOptions(
        serverIdentities, gatekeeper, listener, address, clock, newClock, policy);
  }

  public BridgeOptions withPolicy(BridgePolicy newPolicy) {
    return new BridgeOptions(
        serverIdentities, gatekeeper, listener, address, clock, keepAliveClock, newPolicy);
  }
}
