package io.nnnco.nhub.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * The environment of a command; tests provide their own.
 *
 * @param environment the environment variables
 * @param workingDirectory where relative paths begin, and where {@code nhub.properties} is
 * @param terminal whether the output goes to a terminal
 */
record Surroundings(Map<String, String> environment, Path workingDirectory, boolean terminal) {
  static Surroundings ofProcess() {
    return new Surroundings(System.getenv(), Path.of(""), Ansi.AUTO.enabled());
  }

  /** Colours for a person, unless there is {@code NO_COLOR} (no-color.org). */
  Ansi ansi() {
    String noColor = environment.get("NO_COLOR");
    return terminal && (noColor == null || noColor.isEmpty()) ? Ansi.ON : Ansi.OFF;
  }
}
