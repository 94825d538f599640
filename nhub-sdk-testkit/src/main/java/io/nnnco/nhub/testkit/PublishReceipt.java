package io.nnnco.nhub.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What happens to a message given to the fake. Thread-safe.
 *
 * <p>A message that matches no subscription is dropped, as in every MQTT server: its receipt has no
 * deliveries, and is settled at once.
 */
public interface PublishReceipt {
  /**
   * Returns the topic.
   *
   * @return the topic as given
   */
  String topic();

  /**
   * Returns to whom the message goes, and how far it has got. Waits until it has been routed, which
   * takes no longer than the messages before it.
   *
   * @return one entry per client, in no particular order; a snapshot
   */
  List<ClientDelivery> deliveries();

  /**
   * Completes when nothing more can happen to the message: each client has acknowledged it, or was
   * sent it with QoS 0, or it was dropped. Never completes exceptionally. The bridge's only thread
   * completes it, so functions that are chained to it without an executor of their own must not
   * block.
   *
   * @return a future with the final deliveries
   */
  CompletableFuture<List<ClientDelivery>> settled();

  /**
   * Waits until the message is settled, and checks that at least one client was addressed and no
   * delivery was dropped.
   *
   * @param timeout how long to wait
   * @return this receipt
   * @throws AssertionError if it was addressed to no client, or dropped, or not settled in time;
   *     the message says how far it got
   */
  PublishReceipt awaitDelivered(Duration timeout);
}
