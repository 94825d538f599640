package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A command in a thread of its own, with what it writes line by line. */
final class RunningCommand implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Lines out = new Lines();
  private final Lines err = new Lines();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Thread thread;

  RunningCommand(CommandLine command, String... arguments) {
    this(null, null, command, arguments);
  }

  /** With streams of the caller's, or null for those that this keeps. */
  RunningCommand(
      @Nullable Writer otherOut,
      @Nullable Writer otherErr,
      CommandLine command,
      String... arguments) {
    command.setOut(new PrintWriter(otherOut == null ? out : otherOut, true));
    command.setErr(new PrintWriter(otherErr == null ? err : otherErr, true));
    thread = new Thread(() -> exit.complete(command.execute(arguments)));
    thread.start();
  }

  /** The next line of the output that contains the text; those before it are gone. */
  String awaitLine(String part) throws InterruptedException {
    return out.await(part);
  }

  /** The next such line of the errors. */
  String awaitError(String part) throws InterruptedException {
    return err.await(part);
  }

  /** The lines of the output that have not been awaited. */
  List<String> remainingLines() {
    return out.drain();
  }

  List<String> remainingErrors() {
    return err.drain();
  }

  int awaitExit() throws Exception {
    return exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** As Ctrl-C does it; that there is a process around it is left to ProcessTest. */
  int interrupt() throws Exception {
    thread.interrupt();
    return awaitExit();
  }

  @Override
  public void close() {
    thread.interrupt();
    exit.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Cuts what is written into lines. */
  private static final class Lines extends Writer {
    private final StringBuilder line = new StringBuilder();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    String await(String part) throws InterruptedException {
      String next = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      while (next != null && !next.contains(part)) {
        next = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      assertTrue(next != null, "no line with " + part);
      return String.valueOf(next);
    }

    List<String> drain() {
      List<String> drained = new ArrayList<>();
      lines.drainTo(drained);
      return drained;
    }

    @Override
    public void write(char[] text, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (text[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
