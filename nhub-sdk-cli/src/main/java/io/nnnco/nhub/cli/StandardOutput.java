package io.nnnco.nhub.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command's output, which keeps the first error: a {@link PrintWriter} says that there was one,
 * but not which.
 */
final class StandardOutput extends FilterOutputStream {
  private @Nullable IOException error;

  StandardOutput(OutputStream out) {
    super(out);
  }

  /** A writer that flushes each line. */
  PrintWriter writer() {
    return new PrintWriter(this, true, StandardCharsets.UTF_8);
  }

  /**
   * Why not everything could be written; empty if only the reader has closed it, as head -1 does.
   */
  Optional<CommandFailure> failure() {
    IOException first = error;
    if (first == null || isBrokenPipe(first)) {
      return Optional.empty();
    }
    return Optional.of(
        new CommandFailure(
            ExitCode.FILES, "Cannot write to the standard output: " + first.getMessage() + "."));
  }

  /** The JDK has no type for it: "Broken pipe" on Unix, "The pipe …" on Windows. */
  private static boolean isBrokenPipe(IOException error) {
    return (error.getMessage() + "").toLowerCase(Locale.ROOT).contains("pipe");
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (error == null) {
        error = e;
      }
      throw e;
    }
  }
}
