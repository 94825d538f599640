package io.nnnco.nhub.management.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SDK's user agent: {@code nhub-sdk-java/<version>}. */
final class UserAgent {
  static final String VALUE = "nhub-sdk-java/" + version();

  private UserAgent() {}

  private static String version() {
    try (InputStream file = UserAgent.class.getResourceAsStream("version.txt")) {
      String version =
          file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
      // Classes compiled without Maven find no file, or one with an unresolved placeholder.
      return version.isEmpty() || version.startsWith("$") ? "unknown" : version;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
