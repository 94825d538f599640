package io.nnnco.nhub.testkit.contract;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running program: what it prints, line by line, and never for longer than it should. */
final class ForeignProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String END = "(the end)";

  /** Ends a program even if this JVM dies, long after any class of tests has. */
  private static final List<String> FUSE = List.of("timeout", "1800");

  private final Process process;
  private final BufferedWriter input;
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final Queue<String> transcript = new ConcurrentLinkedQueue<>();
  private final Thread reader;

  private ForeignProcess(Process process) {
    this.process = process;
    input = process.outputWriter(StandardCharsets.UTF_8);
    reader = new Thread(this::read, "output of process " + process.pid());
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
        transcript.add(line);
        unread.add(line);
      }
    } catch (IOException e) {
      transcript.add("(" + e + ")");
    }
    unread.add(END);
  }

  /** Gives the program a line. */
  void write(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw new AssertionError("It no longer listens. It has said:\n" + said(), e);
    }
  }

  /** The next line that is like this; those before it are dropped. */
  String awaitLine(Predicate<String> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String line = nextLine(deadline - System.nanoTime());
      if (wanted.test(line)) {
        return line;
      }
    }
  }

  private String nextLine(long nanos) {
    try {
      String line = unread.poll(nanos, TimeUnit.NANOSECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError(
            (line == null ? "Nothing came" : "It has ended") + ". It has said:\n" + said());
      }
      return line;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next line that has this in it. */
  String awaitLineWith(String part) {
    return awaitLine(line -> line.contains(part));
  }

  /** Waits for its end. */
  Finished finish() {
    try {
      input.close();
      reader.join(PATIENCE.toMillis());
      if (reader.isAlive() || !process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("It does not end. It has said:\n" + said());
      }
      return new Finished(process.exitValue(), said());
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

  /** Ends it, and what it started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
