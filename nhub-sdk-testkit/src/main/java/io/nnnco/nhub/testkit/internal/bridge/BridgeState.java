package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.internal.bridge.broker.Broker;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** The state that all connections of a bridge share. Used on the bridge's thread only. */
final class BridgeState {
  private final BridgeOptions options;
  private final Broker broker;
  private final FaultScript faults = new FaultScript();
  private final Set<Wire> wires = new LinkedHashSet<>();
  private final Set<SessionHandler> connections = new LinkedHashSet<>();

  BridgeState(BridgeOptions options) {
    this.options = options;
    this.broker = new Broker(options.clock(), options.listener()::published);
  }

  BridgeOptions options() {
    return options;
  }

  BridgeListener listener() {
    return options.listener();
  }

  Broker broker() {
    return broker;
  }

  FaultScript faults() {
    return faults;
  }

  /** Every socket that is open. */
  Set<Wire> wires() {
    return wires;
  }

  /** Every connection whose CONNECT was accepted. */
  Set<SessionHandler> connections() {
    return connections;
  }

  Instant now() {
    return options.clock().instant();
  }
}
