package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.DropRecord;
import io.nnnco.nhub.testkit.internal.bridge.broker.Broker;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
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
  private final Set<ConnectHandler> unconnected = new LinkedHashSet<>();

  BridgeState(BridgeOptions options) {
    this.options = options;
    this.broker = new Broker(options.clock(), options.policy().maximumQueued(), observer());
  }

  /** Passes on to the listener what the broker says. */
  private Broker.Observer observer() {
    return new Broker.Observer() {
      @Override
      public void published(Message message) {
        listener().published(message);
      }

      @Override
      public void dropped(String clientId, Message message) {
        listener().dropped(new DropRecord(now(), clientId, message.topic(), message.qos()));
      }
    };
  }

  BridgeOptions options() {
    return options;
  }

  BridgePolicy policy() {
    return options.policy();
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

  /** Every connection that has completed the TLS handshake, and whose CONNECT has not come. */
  Set<ConnectHandler> unconnected() {
    return unconnected;
  }

  /** Every connection whose CONNECT was accepted. */
  Set<SessionHandler> connections() {
    return connections;
  }

  Instant now() {
    return options.clock().instant();
  }
}
