package io.nnnco.nhub.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command takes from the process that it runs in; tests provide their own.
 *
 * @param variables the environment variables
 * @param workingDirectory where relative paths begin, and where {@code nhub.properties} is
 * @param terminal whether the output goes to a terminal
 */
record ProcessEnvironment(Map<String, String> variables, Path workingDirectory, boolean terminal) {
  static ProcessEnvironment ofProcess() {
    return new ProcessEnvironment(System.getenv(), Path.of(""), Ansi.AUTO.enabled());
  }

  /** Colours for a person, unless there is {@code NO_COLOR} (no-color.org). */
  Ansi ansi() {
    String noColor = variables.get("NO_COLOR");
    return terminal && (noColor == null || noColor.isEmpty()) ? Ansi.ON : Ansi.OFF;
  }
}
