package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.ClientDelivery;
import io.nnnco.nhub.testkit.PublishReceipt;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import io.nnnco.nhub.testkit.internal.bridge.broker.Publication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The receipt of a message that the bridge's thread routes. */
final class Receipt implements PublishReceipt {
  private final BridgeThread thread;
  private final CompletableFuture<List<ClientDelivery>> settled = new CompletableFuture<>();
  private final Publication publication;

  Receipt(BridgeThread thread, Message message) {
    this.thread = thread;
    this.publication = new Publication(message, settled::complete);
  }

  Publication publication() {
    return publication;
  }

  @Override
  public String topic() {
    return publication.message().topic();
  }

  @Override
  public List<ClientDelivery> deliveries() {
    List<ClientDelivery> end = settled.getNow(List.of());
    return end.isEmpty() ? thread.call(publication::deliveries) : end;
  }

  @Override
  public CompletableFuture<List<ClientDelivery>> settled() {
    return settled.copy();
  }

  @Override
  public PublishReceipt awaitDelivered(Duration timeout) {
    List<ClientDelivery> end =
        settled
            .copy()
            .completeOnTimeout(List.of(), timeout.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    boolean delivered = end.stream().noneMatch(d -> d.state() == ClientDelivery.State.DROPPED);
    if (end.isEmpty() || !delivered) {
      List<ClientDelivery> now = deliveries();
      throw new AssertionError(
          "The message on "
              + topic()
              + (now.isEmpty() ? " matched no subscription." : " was not delivered: " + now));
    }
    return this;
  }

  @Override
  public String toString() {
    return "PublishReceipt[" + topic() + "]";
  }
}
