package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.StreamListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How the first attempt to connect went: who mistyped a host name should hear of it now. */
final class FirstAttempt implements StreamListener {
  private final CompletableFuture<StreamEvent.Subscribed> end = new CompletableFuture<>();

  /**
   * Waits for its end.
   *
   * @throws NHubException why it failed
   */
  StreamEvent.Subscribed await() throws InterruptedException {
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
  public void onEvent(StreamEvent event) {
    if (event instanceof StreamEvent.Subscribed subscribed) {
      end.complete(subscribed);
    } else if (event instanceof StreamEvent.Disconnected failed) {
      end.completeExceptionally(failed.cause());
    } else if (event instanceof StreamEvent.Closed closed && closed.cause() != null) {
      end.completeExceptionally(closed.cause());
    }
  }
}
