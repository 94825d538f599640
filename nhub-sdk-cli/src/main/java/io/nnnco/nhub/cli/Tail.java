package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.io.IOException;
import java.util.Locale;

/** Prints the messages of a subscription one by one, each acknowledged after it is printed. */
final class Tail {
  private final Format format;
  private final long count;
  private final Display display;
  private final Ticker ticker;
  private long shown;

  /** How a message looks. */
  @FunctionalInterface
  interface Format {
    String line(DeliveredMessage delivered) throws IOException;
  }

  /** With a ticker for the status; {@link Ticker#NEVER} for none. */
  Tail(Format format, long count, Display display, Ticker ticker) {
    this.format = format;
    this.count = count;
    this.display = display;
    this.ticker = ticker;
  }

  /**
   * Continues until there were enough, the reader has closed the output, Ctrl-C, or a terminal
   * error.
   */
  ExitCode follow(NHubClient client, SubscribeOptionsBuilder options) throws IOException {
    TailNotices notices = new TailNotices(display::notice);
    Interruption interruption = new Interruption();
    MessageStream stream = client.stream(options.listener(notices).build());
    try {
      notices.awaitConnected();
      if (print(stream)) {
        end(stream);
      }
      return ExitCode.SUCCESS;
    } catch (InterruptedException e) {
      end(stream);
      return ExitCode.INTERRUPTED;
    } catch (NHubException e) {
      if (notices.wasConnected()) {
        end(stream);
      }
      throw e;
    } finally {
      stream.close();
      interruption.close();
    }
  }

  /** Returns whether all were printed; if not, the reader has closed the output. */
  private boolean print(MessageStream stream) throws IOException, InterruptedException {
    try (TailStats stats = new TailStats(stream.subscription(), display, ticker)) {
      stats.start();
      while (shown < count) {
        if (!display.message(format.line(stream.take()))) {
          return false;
        }
        shown++;
      }
      stream.acknowledge();
      return true;
    }
  }

  private void end(MessageStream stream) {
    stream.close();
    SubscriptionStats stats = stream.subscription().stats();
    display.notice(
        String.format(
            Locale.ROOT,
            "nhub: %d shown; %d received, %d acknowledged, %d undecodable, %d reconnects",
            shown,
            stats.received(),
            stats.acknowledged(),
            stats.undecodable(),
            stats.reconnects()));
  }
}
