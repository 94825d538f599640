package io.nnnco.nhub.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.testkit.FakeNHub;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.function.Executable;

/** What a program prints. */
public final class Output {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Output() {}

  /** The lines that a program prints until it ends. */
  public static List<String> of(Executable program) throws Throwable {
    return of(new Captured(), program);
  }

  private static List<String> of(Captured captured, Executable program) throws Throwable {
    PrintStream before = System.out;
    System.setOut(new PrintStream(captured, true, UTF_8));
    try {
      program.execute();
    } finally {
      System.setOut(before);
    }
    return captured.lines();
  }

  /** The lines of a program that runs until it is interrupted: here, after its first message. */
  static List<String> untilFirstMessage(FakeNHub fake, Callable<Void> program) throws Throwable {
    return of(() -> interrupted(program, () -> fake.acks().take(PATIENCE)));
  }

  /** The lines of a program that runs until it is interrupted: here, after a line like this. */
  public static List<String> untilLine(String pattern, Callable<Void> program) throws Throwable {
    Captured captured = new Captured();
    return of(captured, () -> interrupted(program, () -> captured.await(Pattern.compile(pattern))));
  }

  private static void interrupted(Callable<Void> program, Executable wait) throws Throwable {
    Thread running = new Thread(new FutureTask<>(program), "program");
    running.start();
    try {
      wait.execute();
    } finally {
      running.interrupt();
      running.join();
    }
  }

  private static final class Captured extends ByteArrayOutputStream {
    synchronized List<String> lines() {
      return toString(UTF_8).lines().toList();
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      notifyAll();
    }

    synchronized void await(Pattern line) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (lines().stream().noneMatch(line.asMatchPredicate())) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("No line like " + line + " in: " + lines());
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
  }
}
