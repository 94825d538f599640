package io.nnnco.nhub.testkit.contract;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running program: what it prints, line by line, and never for longer than it should. */
final class ForeignProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /** Ends a program even if this JVM dies. */
  private static final List<String> FUSE = List.of("timeout", "300");

  private final Process process;
  private final BufferedWriter input;
  private final Deque<String> unread = new ArrayDeque<>();
  private final List<String> transcript = new ArrayList<>();
  private boolean ended;

  private ForeignProcess(Process process) {
    this.process = process;
    input = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "output of process " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** What a program that has ended has said. */
  record Finished(int exit, String output) {}

  static ForeignProcess start(Path folder, List<String> command, Map<String, String> environment) {
    List<String> fused = new ArrayList<>(FUSE);
    fused.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(fused).directory(folder.toFile());
    builder.environment().putAll(environment);
    try {
      return new ForeignProcess(builder.redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ForeignProcess start(List<String> command) {
    return start(Path.of("."), command, Map.of());
  }

  /** Runs a program to its end, without input. */
  static Finished run(List<String> command) {
    try (ForeignProcess process = start(command)) {
      return process.finish();
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed(line);
      }
    } catch (IOException e) {
      printed("(" + e + ")");
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void printed(String line) {
    transcript.add(line);
    unread.add(line);
    notifyAll();
  }

  /** Gives the program a line. */
  synchronized void write(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw new AssertionError("It no longer listens. It has said:\n" + said(), e);
    }
  }

  /** The next line that is like this; those before it are dropped. */
  synchronized String awaitLine(Predicate<String> wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      while (!unread.isEmpty()) {
        String line = unread.remove();
        if (wanted.test(line)) {
          return line;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || left <= 0) {
        throw new AssertionError(
            (ended ? "It has ended" : "Nothing came") + ". It has said:\n" + said());
      }
      pause(left);
    }
  }

  /** The next line that has this in it. */
  String awaitLineWith(String part) {
    return awaitLine(line -> line.contains(part));
  }

  /** Waits for its end. */
  synchronized Finished finish() {
    try {
      input.close();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!ended) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("It does not end. It has said:\n" + said());
        }
        pause(left);
      }
      return new Finished(process.waitFor(), said());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends it a signal, such as {@code HUP}. */
  void signal(String name) {
    process
        .children()
        .forEach(child -> run(List.of("kill", "-" + name, String.valueOf(child.pid()))));
  }

  private String said() {
    return String.join("\n", transcript);
  }

  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends it, and what it started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
