package io.nnnco.nhub.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnnco.nhub.docs.ChildJvm;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes a process of its own to show: signals, closed pipes, logs. */
@NHubTest(leakCheck = false)
@Timeout(600)
final class ProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A device of Linux on which there is never any space left. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path dir = Path.of("unused");

  @BeforeEach
  void writeFakeJson(FakeNHub fake) throws IOException {
    new FakeDirectory(dir.resolve("D")).write(fake, "nnn.acme");
  }

  /** Standard error goes to a file, as a second pipe would have to be read meanwhile. */
  private Process start(List<String> prefix, String... arguments) throws IOException {
    return start(prefix, ProcessBuilder.Redirect.PIPE, arguments);
  }

  private Process start(ProcessBuilder.Redirect out, String... arguments) throws IOException {
    return start(List.of(), out, arguments);
  }

  private Process start(List<String> prefix, ProcessBuilder.Redirect out, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(ChildJvm.command(List.of(), NHub.class, arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("NHUB_"));
    return builder.redirectOutput(out).redirectError(dir.resolve("err").toFile()).start();
  }

  private Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  private List<String> errors() throws IOException {
    return Files.readAllLines(dir.resolve("err"));
  }

  private static void awaitSubscribed(FakeNHub fake) {
    fake.subscriptions().take(PATIENCE);
  }

  private static int awaitExit(Process process) throws InterruptedException {
    assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it goes on and on");
    return process.exitValue();
  }

  private void assertEndsWell(FakeNHub fake, Process tail, String signal, int exit)
      throws Exception {
    awaitSubscribed(fake);
    fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "°C"));
    try (BufferedReader out = tail.inputReader(UTF_8)) {
      assertTrue(out.readLine().contains("temperature=22.5 °C"));
      fake.acks().take(PATIENCE);

      new ProcessBuilder("kill", "-" + signal, String.valueOf(tail.pid())).start().waitFor();

      assertEquals(exit, awaitExit(tail));
    }
    assertEquals(
        List.of(
            "nhub: connected. Ctrl-C ends.",
            "nhub: 1 shown; 1 received, 1 acknowledged, 0 undecodable, 0 reconnects"),
        errors());
    assertEquals(
        DisconnectRecord.Cause.CLIENT_DISCONNECT, fake.disconnects().take(PATIENCE).cause());
  }

  @Test
  void tail_onSigterm_acknowledgesDisconnectsAndSumsUp(FakeNHub fake) throws Exception {
    assertEndsWell(fake, start("tail", "nnn.acme", "--fake", "D"), "TERM", 143);
  }

  @Test
  void tail_onCtrlC_acknowledgesDisconnectsAndSumsUp(FakeNHub fake) throws Exception {
    // Where the tests run in the background, a shell has made them ignore SIGINT.
    List<String> env = List.of("env", "--default-signal=INT");
    assumeTrue(works(env));

    assertEndsWell(fake, start(env, "tail", "nnn.acme", "--fake", "D"), "INT", 130);
  }

  @Test
  void tailWithStats_onATerminal_endsWithoutATraceOfThem(FakeNHub fake) throws Exception {
    // Of util-linux: a terminal of 40 columns, whose keyboard is this test's pipe.
    List<String> script =
        List.of("script", "-qefO", "/dev/null", "-c", "stty cols 40; exec $COMMAND");
    assumeTrue(works(List.of("script", "-qeO", "/dev/null", "-c")));
    String tail =
        String.join(
            " ",
            ChildJvm.command(
                List.of(), NHub.class, "tail", "nnn.acme", "--stats", "--fake", "D", "--json"));
    ProcessBuilder builder = new ProcessBuilder(script).directory(dir.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("NHUB_") || name.equals("CI"));
    builder.environment().put("TERM", "xterm");
    builder.environment().put("COMMAND", "env --default-signal=INT " + tail);
    Process process = builder.redirectErrorStream(true).start();
    awaitSubscribed(fake);
    fake.publish(FakeMessage.uplink("ABC123"));
    FakeTerminal terminal = new FakeTerminal();
    Thread reader = new Thread(() -> copy(process, terminal));
    reader.start();

    terminal.await("/s ");
    assertTrue(terminal.lastRow().length() <= 38, terminal::lastRow);
    try (OutputStream keyboard = process.getOutputStream()) {
      keyboard.write("\u0003".getBytes(UTF_8));
      keyboard.flush();
      assertEquals(130, awaitExit(process));
    }
    reader.join();

    List<String> rows = terminal.rows();
    assertEquals("nhub: connected. Ctrl-C ends.", rows.get(0), rows::toString);
    assertTrue(rows.get(1).startsWith("{\"device_id\":\"ABC123\""), rows::toString);
    assertTrue(rows.get(2).startsWith("nhub: 1 shown; "), rows::toString);
    assertEquals(3, rows.size(), rows::toString);
  }

  private static void copy(Process process, FakeTerminal terminal) {
    try (Reader shown = process.inputReader(UTF_8)) {
      shown.transferTo(terminal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean works(List<String> env) throws InterruptedException {
    try {
      List<String> command = new ArrayList<>(env);
      command.add("true");
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void tail_whoseReaderCloses_endsQuietly(FakeNHub fake) throws Exception {
    Process tail = start("tail", "nnn.acme", "--fake", "D", "--json");
    awaitSubscribed(fake);
    fake.publish(FakeMessage.uplink("A"));
    try (BufferedReader out = tail.inputReader(UTF_8)) {
      assertTrue(out.readLine().startsWith("{\"device_id\":\"A\""));
    }
    fake.publish(FakeMessage.uplink("B"));

    assertEquals(0, awaitExit(tail));
    assertEquals(List.of("nhub: connected. Ctrl-C ends."), errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "certs list --fake D", "keys create svc --fake D"})
  void output_thatCannotBeWritten_isAFailure(String arguments) throws Exception {
    assumeTrue(Files.exists(FULL), "no /dev/full on this system");

    Process command = start(ProcessBuilder.Redirect.to(FULL.toFile()), arguments.split(" ", -1));

    assertEquals(5, awaitExit(command));
    assertTrue(errors().get(0).startsWith("nhub: "), errors()::toString);
    assertTrue(errors().get(0).contains("standard output"), errors()::toString);
  }

  @Test
  void tail_whoseOutputIsFull_leavesTheMessageUnacknowledgedAndFails(FakeNHub fake)
      throws Exception {
    assumeTrue(Files.exists(FULL), "no /dev/full on this system");
    Process tail =
        start(
            ProcessBuilder.Redirect.to(FULL.toFile()), "tail", "nnn.acme", "--fake", "D", "--json");
    awaitSubscribed(fake);
    fake.publish(FakeMessage.uplink("A"));

    assertEquals(5, awaitExit(tail));
    assertEquals(List.of(), fake.acks().all());
    assertTrue(errors().get(1).contains("No space left on device"), errors()::toString);
  }

  @Test
  void failure_isOneLine_withoutLogs(FakeNHub fake) throws Exception {
    fake.revoke(fake.identity());

    assertEquals(3, awaitExit(start("tail", "nnn.acme", "--fake", "D")));
    assertEquals(1, errors().size(), errors()::toString);
    assertTrue(errors().get(0).startsWith("nhub: NHUB-AUTH-004: "), errors()::toString);
    assertEquals(3, awaitExit(start("certs", "revoke", "none", "--fake", "D")));
    assertEquals(1, errors().size(), errors()::toString);
  }

  @Test
  void failure_withVerbose_hasLogsAndAStackTrace(FakeNHub fake) throws Exception {
    assertEquals(3, awaitExit(start("certs", "revoke", "none", "--fake", "D", "--verbose")));

    String errors = String.join("\n", errors());
    assertTrue(errors.contains("DEBUG"), errors);
    assertTrue(errors.contains("\tat io.nnnco.nhub."), errors);
    assertFalse(errors.contains(fake.adminToken().reveal()), errors);
  }

  @Test
  void version_isTheBuilds() throws Exception {
    Process version = start("--version");

    String line = new String(version.getInputStream().readAllBytes(), UTF_8);
    assertTrue(line.matches("nhub \\d+\\.\\d+\\.\\d+\\S*\\R"), line);
    assertEquals(0, awaitExit(version));
  }
}
