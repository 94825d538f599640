package io.nnnco.nhub.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What becomes of a message given to the fake. Safe for use by several threads.
 *
 * <p>A message that matches no subscription is dropped, as every MQTT server does: its receipt has
 * no deliveries, and is settled at once.
 */
public interface PublishReceipt {
  /**
   * The topic.
   *
   * @return the topic as given
   */
  String topic();

  /**
   * To whom the message goes, and how far it has come. Waits until it has been routed, which takes
   * no longer than the messages before it.
   *
   * @return one entry per client, in no particular order; a snapshot
   */
  List<Delivery> deliveries();

  /**
   * Completes when nothing more can happen to the message: each client has acknowledged it, or was
   * sent it with QoS 0, or it was dropped. Never completes exceptionally. It is completed by the
   * bridge's one thread, so what is chained to it without an executor of its own must not block.
   *
   * @return a future with the final deliveries
   */
  CompletableFuture<List<Delivery>> settled();

  /**
   * Waits until the message is settled and checks that at least one client was addressed and none
   * of the deliveries dropped.
   *
   * @param timeout how long to wait
   * @return this receipt
   * @throws AssertionError if it was addressed to nobody, or dropped, or not settled in time; the
   *     message tells how far it came
   */
  PublishReceipt awaitDelivered(Duration timeout);
}
