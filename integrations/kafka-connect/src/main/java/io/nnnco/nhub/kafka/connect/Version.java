package io.nnnco.nhub.kafka.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this plugin, from the build. */
final class Version {
  static final String VALUE = read();

  private Version() {}

  private static String read() {
    try (InputStream file = Version.class.getResourceAsStream("version.txt")) {
      String version =
          file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
      // Classes compiled without Maven find no file, or one with an unresolved placeholder.
      return version.isEmpty() || version.startsWith("$") ? "unknown" : version;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
