package io.nnnco.nhub.examples.cli;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.StreamListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What happens to the connection, as lines for a person; and how the first attempt went. */
final class TailNotices implements StreamListener {
  private final PrintWriter err;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();

  TailNotices(PrintWriter err) {
    this.err = err;
  }

  /**
   * Waits for the end of the first attempt: who mistyped a host name should hear of it now.
   *
   * @throws NHubException why it failed
   */
  void awaitConnected() throws InterruptedException {
    try {
      connected.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NHubException cause ? cause : new IllegalStateException(e);
    }
  }

  boolean wasConnected() {
    return connected.isDone() && !connected.isCompletedExceptionally();
  }

  @Override
  public void onEvent(StreamEvent event) {
    if (event instanceof StreamEvent.Closed closed && closed.cause() != null) {
      connected.completeExceptionally(closed.cause());
    } else if (event instanceof StreamEvent.Disconnected failed && !connected.isDone()) {
      connected.completeExceptionally(failed.cause());
    } else {
      String notice = notice(event);
      if (notice != null && !connected.isCompletedExceptionally()) {
        err.println("nhub: " + PlainText.oneLine(notice));
      }
    }
    if (event instanceof StreamEvent.Subscribed) {
      connected.complete(null);
    }
  }

  private @Nullable String notice(StreamEvent event) {
    if (event instanceof StreamEvent.Subscribed subscribed) {
      return wasConnected()
          ? "connected again."
          : subscribed.sessionPresent()
              ? "connected; the bridge has kept the session. Ctrl-C ends."
              : "connected. Ctrl-C ends.";
    }
    if (event instanceof StreamEvent.Disconnected down) {
      return ErrorLine.textOf(down.cause()) + " Next attempt in " + text(down.retryIn()) + ".";
    }
    if (event instanceof StreamEvent.SessionLost lost) {
      return "messages sent from " + lost.from() + " to " + lost.to() + " may be lost.";
    }
    if (event instanceof StreamEvent.Silent silent) {
      return "no message since " + silent.since() + ". " + silent.hint();
    }
    if (event instanceof StreamEvent.MessageFailed failed) {
      Throwable cause = failed.message().cause();
      return "left out a message on "
          + failed.message().delivery().topic()
          + ": "
          + (cause instanceof NHubException nhub ? ErrorLine.textOf(nhub) : cause.toString());
    }
    return null;
  }

  private static String text(Duration wait) {
    return wait.toMillis() < 1_000 ? wait.toMillis() + " ms" : wait.toSeconds() + " s";
  }
}
