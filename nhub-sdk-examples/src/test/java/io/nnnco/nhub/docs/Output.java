package io.nnnco.nhub.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.testkit.FakeNHub;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.function.Executable;

/** What a program prints. */
public final class Output {
  private Output() {}

  /** The lines that a program prints until it ends. */
  public static List<String> of(Executable program) throws Throwable {
    PrintStream before = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, UTF_8));
    try {
      program.execute();
    } finally {
      System.setOut(before);
    }
    return captured.toString(UTF_8).lines().toList();
  }

  /** The lines of a program that runs until it is interrupted: here, after its first message. */
  static List<String> untilFirstMessage(FakeNHub fake, Callable<Void> program) throws Throwable {
    return of(
        () -> {
          FutureTask<Void> task = new FutureTask<>(program);
          Thread running = new Thread(task, "program");
          running.start();
          fake.acks().take(Duration.ofSeconds(20));
          running.interrupt();
          running.join();
        });
  }
}
