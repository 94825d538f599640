package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.io.IOException;
import java.io.PrintWriter;

/** Prints the messages of a subscription one by one, each acknowledged after it is printed. */
final class Tail {
  private final Format format;
  private final long count;
  private final PrintWriter out;
  private final PrintWriter err;
  private long shown;

  /** How a message looks. */
  @FunctionalInterface
  interface Format {
    String line(DeliveredMessage delivered) throws IOException;
  }

  Tail(Format format, long count, PrintWriter out, PrintWriter err) {
    this.format = format;
    this.count = count;
    this.out = out;
    this.err = err;
  }

  /**
   * Continues until there were enough, the reader has closed the output, Ctrl-C, or a terminal
   * error.
   */
  ExitCode follow(NHubClient client, SubscribeOptionsBuilder options) throws IOException {
    TailNotices notices = new TailNotices(err);
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
    while (shown < count) {
      out.println(format.line(stream.take()));
      if (out.checkError()) {
        return false;
      }
      shown++;
    }
    stream.acknowledge();
    return true;
  }

  private void end(MessageStream stream) {
    stream.close();
    SubscriptionStats stats = stream.subscription().stats();
    err.printf(
        "nhub: %d shown; %d received, %d acknowledged, %d undecodable, %d reconnects%n",
        shown, stats.received(), stats.acknowledged(), stats.undecodable(), stats.reconnects());
    err.flush();
  }
}
