package io.nnnco.nhub.stream.internal.transport.packet;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing started from, and what it found, for ever after; see docs/fuzzing.md. */
class PacketReaderFuzzTest {
  static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(Path.of("src/test/fuzz"));
        Stream<Path> seeds = Files.walk(Path.of("src/test/resources/packets"))) {
      return Stream.concat(found, seeds).filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void read_fuzzedInput_givesPacketsOrMalformedAlone(Path file) throws IOException {
    byte[] input = Files.readAllBytes(file);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> PacketReaderFuzzer.fuzzerTestOneInput(input));
  }
}
