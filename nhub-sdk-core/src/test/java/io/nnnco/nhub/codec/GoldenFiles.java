package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The JSON files under {@code messages}. */
final class GoldenFiles {
  private GoldenFiles() {}

  static byte[] read(String name) {
    try {
      return Files.readAllBytes(directory().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(String name) {
    return new String(read(name), UTF_8).lines().toList();
  }

  /** The names of the JSON files in a folder, such as {@code valid/join.json}. */
  static List<String> in(String folder) {
    try (Stream<Path> files = Files.list(directory().resolve(folder))) {
      return files
          .map(file -> folder + "/" + Objects.requireNonNull(file.getFileName()))
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    URL url = Objects.requireNonNull(GoldenFiles.class.getResource("/messages"), "messages");
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
