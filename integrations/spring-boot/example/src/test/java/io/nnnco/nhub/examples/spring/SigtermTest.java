package io.nnnco.nhub.examples.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.examples.load.Load;
import io.nnnco.nhub.examples.load.LoadApplication;
import io.nnnco.nhub.examples.load.LoadLog;
import io.nnnco.nhub.examples.load.Mosquitto;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A deployment under load: real processes, a real broker, SIGTERM. Nothing is lost, each device's
 * order is kept, and each process ends in time. {@code -Dnhub.sigterm.rounds=20} is the long form.
 */
@Timeout(1800)
class SigtermTest {
  private static final String ROUNDS = "nhub.sigterm.rounds";

  /** What a JVM needs to end, beyond what Spring is configured to wait. */
  private static final Duration JVM = Duration.ofSeconds(5);

  /** What whoever runs the build sees; System.out goes to a file that nobody reads. */
  private static final PrintStream BUILD =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private Path directory;
  private Mosquitto broker;
  private LoadLog log;

  @BeforeEach
  void start(@TempDir Path temp) throws Exception {
    if (!Files.isExecutable(Mosquitto.PROGRAM) && System.getenv("CI") == null) {
      tell("SIGTERM with Mosquitto did not run: " + Mosquitto.PROGRAM + " is not installed.");
      Assumptions.abort("no mosquitto");
    }
    directory = temp;
    log = new LoadLog(temp.resolve("log-of-load"));
    broker = new Mosquitto(Files.createDirectory(temp.resolve("mosquitto")));
  }

  @AfterEach
  void stop() throws Exception {
    if (broker != null) {
      broker.close();
    }
  }

  private ApplicationProcess application(Duration phase, String engine, Duration takes)
      throws IOException {
    List<String> arguments = new ArrayList<>(broker.properties());
    arguments.add("--log=" + directory.resolve("log-of-load"));
    arguments.add("--takes=" + takes.toMillis() + "ms");
    arguments.add("--nhub.engine=" + engine);
    arguments.add("--spring.lifecycle.timeout-per-shutdown-phase=" + phase.toMillis() + "ms");
    return new ApplicationProcess(LoadApplication.class, arguments.toArray(String[]::new));
  }

  /** The time it took. */
  private static Duration terminateInTime(ApplicationProcess process, Duration phase)
      throws InterruptedException {
    Duration took = process.terminate();
    assertTrue(took.compareTo(phase.plus(JVM)) < 0, () -> "it took " + took);
    return took;
  }

  @ParameterizedTest
  @CsvSource({"0,2,100,10", "200,1,40,1000"})
  void sigterm_underLoad_losesNothing_keepsTheOrder_andEndsInTime(
      long handlerMillis, int fewRounds, int devices, long pauseMillis) throws Exception {
    int rounds = Integer.getInteger(ROUNDS, fewRounds);
    Duration phase = Duration.ofSeconds(20);
    Load load = new Load(broker, devices, Duration.ofMillis(pauseMillis).toNanos());
    List<Duration> exits = new ArrayList<>();
    long cutOff = 0;
    try {
      for (int round = 0; round <= rounds; round++) {
        long before = log.read().begun();
        try (ApplicationProcess process =
            application(phase, engine(round), Duration.ofMillis(handlerMillis))) {

          process.awaitLine(": connected to localhost");
          load.start();
          process.await(() -> log.read().begun() > before + 2L * devices);
          if (round == rounds) {
            load.stop();
            process.await(() -> load.isHandled(log.read()));
          }
          exits.add(terminateInTime(process, phase));
          log.read();
          cutOff = log.begun() - log.handled();
        }
      }
    } finally {
      load.stop();
    }
    assertEquals(List.of(), log.violations());
    assertTrue(load.isHandled(log));
    tell(
        ("SIGTERM, handler of %d ms: %d rounds, %,d messages published and handled, %d of them twice,"
                + " %d calls cut off; exit in %s")
            .formatted(
                handlerMillis, rounds, load.published(), log.duplicates(), cutOff, times(exits)));
  }

  /** In turns: the session is the same. */
  private static String engine(int round) {
    return round % 2 == 0 ? "paho" : "direct";
  }

  private static String times(List<Duration> exits) {
    long[] sorted = exits.stream().mapToLong(Duration::toMillis).sorted().toArray();
    return "%d ms (median), %d ms (longest)"
        .formatted(sorted[sorted.length / 2], LongStream.of(sorted).max().orElse(0));
  }

  @Test
  void sigterm_handlerTakesLongerThanTheTimeout_endsInTime_andTheMessagesComeAgain()
      throws Exception {
    int rounds = Integer.getInteger(ROUNDS, 1);
    Duration phase = Duration.ofSeconds(4);
    int devices = 10;
    Load load = new Load(broker, devices, 1_000_000);
    List<Duration> exits = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long before = log.read().begun();
      try (ApplicationProcess process = application(phase, engine(round), Duration.ofHours(1))) {
        process.awaitLine(": connected to localhost");
        load.start();
        process.await(() -> log.read().begun() >= before + devices);
        load.stop();
        exits.add(terminateInTime(process, phase));
        assertEquals(0, log.read().handled());
      }
    }
    try (ApplicationProcess process = application(phase, "paho", Duration.ZERO)) {
      process.await(() -> load.isHandled(log.read()));
      terminateInTime(process, phase);
    }
    assertEquals(List.of(), log.read().violations());
    tell(
        "SIGTERM, handler of an hour, timeout %s: %d rounds, exit in %s"
            .formatted(phase, rounds, times(exits)));
  }

  @Test
  void sigterm_brokerDoesNotRespond_endsInTime_andNothingIsLost() throws Exception {
    Duration phase = Duration.ofSeconds(4);
    Load load = new Load(broker, 10, 1_000_000);
    Duration exit;
    try (ApplicationProcess process = application(phase, "paho", Duration.ZERO)) {
      process.awaitLine(": connected to localhost");
      load.start();
      process.await(() -> log.read().handled() > 100);
      load.stop();
      broker.freeze();
      try {
        exit = terminateInTime(process, phase);
      } finally {
        broker.thaw();
      }
    }
    try (ApplicationProcess process = application(phase, "paho", Duration.ZERO)) {
      process.await(() -> load.isHandled(log.read()));
      terminateInTime(process, phase);
    }
    assertEquals(List.of(), log.read().violations());
    tell("SIGTERM, broker frozen, timeout %s: exit in %d ms".formatted(phase, exit.toMillis()));
  }

  private static void tell(String line) {
    BUILD.println(line);
  }
}
