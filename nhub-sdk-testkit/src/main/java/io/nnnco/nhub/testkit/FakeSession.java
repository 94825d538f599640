package io.nnnco.nhub.testkit;

import io.nnnco.nhub.testkit.internal.bridge.Bridge;
import io.nnnco.nhub.testkit.internal.bridge.SessionSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The bridge's side of one client, looked up on each call; see {@link FakeNHub#session(String)}.
 * Thread-safe.
 */
public final class FakeSession {
  private final Bridge bridge;
  private final String clientId;

  FakeSession(Bridge bridge, String clientId) {
    this.bridge = bridge;
    this.clientId = Objects.requireNonNull(clientId, "clientId");
  }

  /** {@return whether the client is connected} */
  public boolean connected() {
    return snapshot().map(SessionSnapshot::connected).orElse(false);
  }

  /** {@return whether the bridge has a session of the client, connected or not} */
  public boolean exists() {
    return snapshot().isPresent();
  }

  /** {@return the topic filters to which the client is subscribed} */
  public List<String> filters() {
    return snapshot().map(SessionSnapshot::filters).orElse(List.of());
  }

  /** {@return the topics of messages that were sent but not acknowledged, in order} */
  public List<String> unacknowledged() {
    return snapshot().map(SessionSnapshot::unacknowledged).orElse(List.of());
  }

  /** {@return how many messages wait to be sent} */
  public int queued() {
    return snapshot().map(SessionSnapshot::queued).orElse(0);
  }

  /**
   * {@return how many messages were dropped because too many others were waiting for this client}
   */
  public long dropped() {
    return snapshot().map(SessionSnapshot::dropped).orElse(0L);
  }

  /**
   * Breaks the connection with a TCP reset.
   *
   * @return whether there was a connection
   */
  public boolean drop() {
    return bridge.drop(clientId);
  }

  /**
   * Ends the connection the way a bridge does: with a DISCONNECT for MQTT 5, without one for MQTT
   * 3.1.1.
   *
   * @param reasonCode the code of the DISCONNECT
   * @param reason the reason string; empty for none
   * @return whether there was a connection
   */
  public boolean disconnect(int reasonCode, String reason) {
    return bridge.disconnect(clientId, reasonCode, reason);
  }

  private Optional<SessionSnapshot> snapshot() {
    return bridge.sessions().stream()
        .filter(session -> session.clientId().equals(clientId))
        .findFirst();
  }
}
