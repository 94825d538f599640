package io.nnnco.nhub.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into {@code version.txt}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream file = Version.class.getResourceAsStream("version.txt")) {
      String version =
          file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
      return new String[] {"nhub " + (version.isEmpty() ? "unknown" : version)};
    }
  }
}
