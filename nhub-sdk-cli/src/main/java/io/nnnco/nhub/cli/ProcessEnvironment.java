package io.nnnco.nhub.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command takes from the process that it runs in; tests provide their own.
 *
 * @param variables the environment variables
 * @param workingDirectory where relative paths begin, and where {@code nhub.properties} is
 * @param terminal whether the output goes to a terminal
 * @param errorScreen looks for the terminal that the standard error goes to
 * @param ticker the time of a display
 */
record ProcessEnvironment(
    Map<String, String> variables,
    Path workingDirectory,
    boolean terminal,
    Supplier<Optional<Screen>> errorScreen,
    Ticker ticker) {
  static ProcessEnvironment ofProcess() {
    return new ProcessEnvironment(
        System.getenv(), Path.of(""), Ansi.AUTO.enabled(), Screen::ofProcess, Ticker.SYSTEM);
  }

  /** Colours for a person, unless there is {@code NO_COLOR} (no-color.org). */
  Ansi ansi() {
    return terminal && coloursAllowed() ? Ansi.ON : Ansi.OFF;
  }

  boolean coloursAllowed() {
    return !isSet("NO_COLOR");
  }

  /** A terminal on which a line can be written over. A build server's only looks like one. */
  Optional<Screen> liveScreen() {
    boolean able = isSet("TERM") && !"dumb".equals(variables.get("TERM")) && !isSet("CI");
    return able ? errorScreen.get() : Optional.empty();
  }

  private boolean isSet(String variable) {
    return !variables.getOrDefault(variable, "").isEmpty();
  }
}
