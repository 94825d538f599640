package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The outcome of the first attempt to connect: a mistyped host name must fail at once. */
final class FirstAttempt implements SubscriptionListener {
  private final CompletableFuture<SubscriptionEvent.Subscribed> end = new CompletableFuture<>();

  /**
   * Waits for the outcome.
   *
   * @throws NHubException why it failed
   */
  SubscriptionEvent.Subscribed await() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NHubException cause ? cause : new IllegalStateException(e);
    }
  }

  boolean hasSucceeded() {
    return end.isDone() && !end.isCompletedExceptionally();
  }

  boolean hasFailed() {
    return end.isCompletedExceptionally();
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Subscribed subscribed) {
      end.complete(subscribed);
    } else if (event instanceof SubscriptionEvent.Disconnected failed) {
      end.completeExceptionally(failed.cause());
    } else if (event instanceof SubscriptionEvent.Closed closed && closed.cause() != null) {
      end.completeExceptionally(closed.cause());
    }
  }
}
