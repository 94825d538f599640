package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.gap.GapLedger;
import io.nnnco.nhub.stream.gap.GapOptions;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Follows a subscription message by message, each acknowledged after it was taken. */
final class Tail {
  private final Sink sink;
  private final long count;
  private final Display display;
  private final Ticker ticker;
  private final @Nullable GapNotices gaps;

  /** Where messages go. */
  interface Sink {
    /** Returns whether it has the message; if not, nobody wants any more. */
    boolean take(DeliveredMessage delivered) throws IOException;

    /** What it has done, such as {@code 3 shown}. */
    String summary();
  }

  /** With a ticker for the status; {@link Ticker#NEVER} for none. */
  Tail(Sink sink, long count, Display display, Ticker ticker) {
    this(sink, count, display, ticker, null);
  }

  /** The same, which also tells what is missing, if there are notices of it. */
  Tail(Sink sink, long count, Display display, Ticker ticker, @Nullable GapNotices gaps) {
    this.gaps = gaps;
    this.sink = sink;
    this.count = count;
    this.display = display;
    this.ticker = ticker;
  }

  /** How many messages {@code --count} asks for. */
  static long limit(@Nullable Long count) {
    if (count == null) {
      return Long.MAX_VALUE;
    }
    if (count < 1) {
      throw new IllegalArgumentException("--count must be 1 or more, not " + count + ".");
    }
    return count;
  }

  /**
   * Continues until there were enough, the reader has closed the output, Ctrl-C, or a terminal
   * error.
   */
  ExitCode follow(NHubClient client, SubscribeOptionsBuilder options) throws IOException {
    TailNotices notices = new TailNotices(display::notice);
    Interruption interruption = new Interruption();
    MessageStream stream = client.stream(with(options, notices).build());
    try {
      notices.awaitConnected();
      if (take(stream)) {
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

  private SubscribeOptionsBuilder with(SubscribeOptionsBuilder options, TailNotices notices) {
    GapNotices more = gaps;
    return more == null
        ? options.listener(notices)
        : options
            .gaps(GapOptions.ofDefaults())
            .listener(
                event -> {
                  more.onEvent(event);
                  notices.onEvent(event);
                });
  }

  /** Returns whether there were enough; if not, nobody wants any more. */
  private boolean take(MessageStream stream) throws IOException, InterruptedException {
    try (TailStats stats = new TailStats(stream.subscription(), display, ticker)) {
      stats.start();
      for (long taken = 0; taken < count; taken++) {
        if (!sink.take(stream.take())) {
          return false;
        }
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
            "nhub: %s; %d received, %d acknowledged, %d undecodable, %d reconnects",
            sink.summary(),
            stats.received(),
            stats.acknowledged(),
            stats.undecodable(),
            stats.reconnects()));
    if (gaps != null) {
      gaps.summary(stream.subscription().gaps().map(GapLedger::stats).orElse(null));
    }
  }
}
