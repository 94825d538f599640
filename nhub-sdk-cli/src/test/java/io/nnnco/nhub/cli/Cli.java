package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.FakeNHub;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The command line in this process, with an environment and a working directory of its own. */
final class Cli {
  private final Map<String, String> environment = new HashMap<>();
  private final Path directory;
  private final FakeTicker ticker = new FakeTicker();
  private boolean terminal;
  private @Nullable Screen screen;

  /** What a command said, and how it ended. */
  record Result(int exit, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    /** One line that says all this, nothing else, and nothing on the output. */
    void assertFailed(ExitCode exitCode, String... parts) {
      assertEquals(exitCode.code(), exit, err);
      assertEquals("", out);
      assertEquals(1, err.lines().count(), err);
      assertTrue(err.startsWith("nhub: "), err);
      for (String part : parts) {
        assertTrue(err.contains(part), "\"" + part + "\" is not in: " + err);
      }
      assertFalse(err.contains("java."), err);
    }
  }

  Cli(Path directory) {
    this.directory = directory;
  }

  /** With a fake's settings in its environment, and a fresh identity in {@code certs}. */
  static Cli of(FakeNHub fake, Path directory) {
    fake.identity().save(directory.resolve("certs"));
    return new Cli(directory)
        .with(Setting.API_URL, fake.environment().api().toString())
        .with(Setting.MQTT, "localhost:" + fake.environment().mqttPort())
        .with(Setting.TOKEN, fake.adminToken().reveal())
        .with(Setting.CERTS, "certs");
  }

  Cli with(Setting setting, String value) {
    return with(setting.variable(), value);
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Cli without(Setting setting) {
    environment.remove(setting.variable());
    return this;
  }

  Cli onATerminal() {
    terminal = true;
    return this;
  }

  /** With a terminal on which the errors can be written over. */
  Cli withErrorsOn(Screen errorScreen) {
    screen = errorScreen;
    return with("TERM", "xterm-256color");
  }

  /** The time of what is displayed. */
  FakeTicker ticker() {
    return ticker;
  }

  Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  RunningCommand start(String... arguments) {
    return new RunningCommand(commandLine(), arguments);
  }

  /** With an output of the caller's. */
  RunningCommand startInto(Writer out, String... arguments) {
    return new RunningCommand(out, null, commandLine(), arguments);
  }

  /** With both streams on one terminal. */
  RunningCommand startOn(FakeTerminal fakeTerminal, String... arguments) {
    return new RunningCommand(fakeTerminal, fakeTerminal, commandLine(), arguments);
  }

  CommandLine commandLine() {
    return NHub.commandLine(
        new ProcessEnvironment(
            Map.copyOf(environment),
            directory,
            terminal,
            () -> Optional.ofNullable(screen),
            ticker));
  }
}
