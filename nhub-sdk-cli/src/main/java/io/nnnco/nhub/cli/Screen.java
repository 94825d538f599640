package io.nnnco.nhub.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The terminal that the standard error goes to.
 *
 * @param columns its width
 * @param showsOutput whether the standard output goes to a terminal, too
 * @param unicode whether it has more than ASCII
 */
record Screen(int columns, boolean showsOutput, boolean unicode) {
  private static final int USUAL_COLUMNS = 80;

  /**
   * Asks a shell, because the JDK cannot tell the streams apart. Empty if there is no terminal, or
   * no shell, as on Windows.
   */
  static Optional<Screen> ofProcess() {
    return shell("test -t 2 && { stty size <&2 2>/dev/null || echo; }", Redirect.PIPE)
        .map(
            size ->
                new Screen(
                    columns(size),
                    shell("test -t 1", Redirect.INHERIT).isPresent(),
                    "UTF-8".equalsIgnoreCase(System.getProperty("native.encoding"))));
  }

  /** From rows and columns, both 0 if the terminal does not know. */
  static int columns(String size) {
    String[] numbers = size.strip().split(" ", -1);
    int columns = numbers.length == 2 ? Integer.parseInt(numbers[1]) : 0;
    return columns == 0 ? USUAL_COLUMNS : columns;
  }

  /** What it printed, or empty if it failed. */
  private static Optional<String> shell(String script, Redirect out) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    try {
      Process shell = builder.redirectOutput(out).redirectError(Redirect.INHERIT).start();
      byte[] printed = shell.getInputStream().readAllBytes();
      return shell.waitFor() == 0
          ? Optional.of(new String(printed, StandardCharsets.US_ASCII))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
