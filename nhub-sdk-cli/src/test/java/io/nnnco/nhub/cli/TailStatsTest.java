package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code nhub tail --stats}. */
@NHubTest(leakCheck = false)
final class TailStatsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Screen SCREEN = new Screen(80, true, true);
  private static final String[] STATS = {"tail", "nnn.acme", "--stats"};

  @TempDir private Path dir = Path.of("unused");
  private final FakeTerminal terminal = new FakeTerminal();

  private void publishAndAwait(FakeNHub fake, String device) throws InterruptedException {
    fake.publish(FakeMessage.uplink(device));
    terminal.await(" " + device + " ");
  }

  @Test
  void stats_onATerminal_areTheLastRow_andGoneAtTheEnd(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(SCREEN);
    try (RunningCommand tail = cli.startOn(terminal, STATS)) {
      terminal.await("connected");
      publishAndAwait(fake, "A");
      publishAndAwait(fake, "B");
      cli.ticker().passSeconds(1);
      String status = terminal.lastRow();
      assertTrue(status.matches("2\\.0/s +lag .*window ░{10} +0 % +in flight [01]"), status);

      publishAndAwait(fake, "C");
      terminal.await(status);
      assertEquals(status, terminal.lastRow());
      cli.ticker().passSeconds(1);
      assertTrue(terminal.lastRow().startsWith("1.5/s "), terminal::lastRow);

      assertEquals(130, tail.interrupt());
      List<String> rows = terminal.rows();
      assertEquals(5, rows.size(), rows::toString);
      assertTrue(rows.get(0).startsWith("nhub: connected."), rows::toString);
      assertTrue(rows.get(3).contains(" C "), rows::toString);
      assertTrue(rows.get(4).startsWith("nhub: 3 shown; "), rows::toString);
      assertEquals("", terminal.lastRow());
      assertFalse(cli.ticker().isInUse());
    }
  }

  @Test
  void stats_withACount_areGoneWhenItIsReached(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(SCREEN);
    try (RunningCommand tail =
        cli.startOn(terminal, "tail", "nnn.acme", "--stats", "--count", "2")) {
      terminal.await("connected");
      publishAndAwait(fake, "A");
      cli.ticker().passSeconds(1);
      fake.publish(FakeMessage.uplink("B"));

      assertEquals(0, tail.awaitExit());
      assertEquals(4, terminal.rows().size(), terminal::all);
      assertFalse(cli.ticker().isInUse());
    }
  }

  @Test
  void stats_notOnATerminal_areALineEveryFiveSeconds(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir);
    try (RunningCommand tail = cli.start(STATS)) {
      tail.awaitError("connected");
      for (int i = 0; i < 10; i++) {
        fake.publish(FakeMessage.uplink("A"));
        tail.awaitLine(" A ");
      }

      cli.ticker().passSeconds(4);
      assertEquals(List.of(), tail.remainingErrors());
      cli.ticker().passSeconds(1);
      String status = tail.awaitError("/s");
      assertTrue(status.matches("nhub: 2\\.0/s, lag [^,]*, window 0 %, in flight [01]"), status);
      cli.ticker().passSeconds(5);
      tail.awaitError("nhub: 0.0/s, ");
      assertEquals(List.of(), tail.remainingErrors());
      assertEquals(List.of(), tail.remainingLines());
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, dumb, --json", "TERM, '', --json", "CI, true, --json", "A, B, --verbose"})
  void stats_whereALineCannotBeWrittenOver_arePlain(
      String variable, String value, String option, FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(SCREEN).with(variable, value);
    try (RunningCommand tail = cli.start("tail", "nnn.acme", "--stats", option)) {
      tail.awaitError("connected");
      fake.publish(FakeMessage.uplink("A"));
      tail.awaitLine("A");

      cli.ticker().passSeconds(5);

      String status = tail.awaitError("/s, ");
      assertTrue(status.startsWith("nhub: 0.2/s, lag "), status);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', true", "1, false"})
  void stats_onATerminal_areColoured_unlessNoColorIsSet(
      String noColor, boolean coloured, FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(SCREEN).with("NO_COLOR", noColor);
    try (RunningCommand tail = cli.startOn(terminal, STATS)) {
      terminal.await("connected");
      publishAndAwait(fake, "A");
      cli.ticker().passSeconds(1);

      assertEquals(coloured, terminal.all().contains("\u001b[32mwindow "), terminal::all);
      assertTrue(terminal.lastRow().startsWith("1.0/s "), terminal::lastRow);
      tail.interrupt();
    }
  }

  @Test
  void stats_besideAPipe_leaveItClean(FakeNHub fake) throws Exception {
    StringWriter pipe = new StringWriter();
    Cli cli = Cli.of(fake, dir).withErrorsOn(new Screen(80, false, true));
    try (RunningCommand tail =
        new RunningCommand(
            pipe, terminal, cli.commandLine(), "tail", "nnn.acme", "--stats", "--json")) {
      terminal.await("connected");
      fake.publish(FakeMessage.uplink("A"));
      fake.acks().take(PATIENCE);
      cli.ticker().passSeconds(1);
      assertTrue(terminal.lastRow().startsWith("1.0/s "), terminal::lastRow);
      assertEquals(130, tail.interrupt());

      assertEquals(1, pipe.toString().lines().count(), pipe::toString);
      assertTrue(pipe.toString().startsWith("{\"device_id\":\"A\""), pipe::toString);
    }
  }

  @Test
  void stats_whileTheBridgeIsDown_sayThatItIsNotConnected(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(SCREEN);
    try (RunningCommand tail = cli.startOn(terminal, STATS)) {
      terminal.await("connected");
      publishAndAwait(fake, "A");
      cli.ticker().passSeconds(1);

      fake.inject(new BridgeFault.RefuseConnect(0x88, "down"), Occurrence.always());
      fake.dropConnections();
      terminal.await("Next attempt in ");
      cli.ticker().passSeconds(1);

      String status = terminal.lastRow();
      assertTrue(status.matches("(waiting to reconnect|connecting)  0\\.5/s .*"), status);
      tail.interrupt();
    }
  }

  @Test
  void stats_ofATailThatFails_areGoneBeforeTheReason(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(SCREEN);
    try (RunningCommand tail = cli.startOn(terminal, STATS)) {
      terminal.await("connected");
      publishAndAwait(fake, "A");
      cli.ticker().passSeconds(1);
      fake.revoke(fake.identity());
      fake.dropConnections();

      assertEquals(ExitCode.REFUSED.code(), tail.awaitExit());
      assertFalse(String.join("\n", terminal.rows()).contains("window"), terminal::all);
      assertTrue(terminal.rows().get(terminal.rows().size() - 1).contains("NHUB-AUTH-004"));
    }
  }

  @Test
  void tail_withoutStats_takesNoTime_andDisplaysNone(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(SCREEN);
    try (RunningCommand tail = cli.startOn(terminal, "tail", "nnn.acme")) {
      terminal.await("connected");
      publishAndAwait(fake, "A");

      assertFalse(cli.ticker().isInUse());
      assertFalse(terminal.all().contains("\u001b"), terminal::all);
      tail.interrupt();
    }
  }
}
