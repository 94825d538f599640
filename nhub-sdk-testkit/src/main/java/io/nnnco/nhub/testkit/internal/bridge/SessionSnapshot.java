package io.nnnco.nhub.testkit.internal.bridge;

import java.util.List;

/**
 * A session at one moment.
 *
 * @param clientId the client
 * @param enterprise its scope
 * @param connected whether a connection is attached
 * @param deaf whether a fault keeps the bridge from noticing the client, even when it disconnects
 * @param filters its subscriptions
 * @param unacknowledged topics of the messages sent and not acknowledged, in order
 * @param queued how many messages wait
 * @param dropped how many messages were dropped because too many were waiting
 */
public record SessionSnapshot(
    String clientId,
    String enterprise,
    boolean connected,
    boolean deaf,
    List<String> filters,
    List<String> unacknowledged,
    int queued,
    long dropped) {
  public SessionSnapshot {
    filters = List.copyOf(filters);
    unacknowledged = List.copyOf(unacknowledged);
  }
}
