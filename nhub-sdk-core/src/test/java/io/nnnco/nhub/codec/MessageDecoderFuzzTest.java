package io.nnnco.nhub.codec;

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
class MessageDecoderFuzzTest {
  static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(Path.of("src/test/fuzz"));
        Stream<Path> golden = Files.walk(Path.of("src/test/resources/messages"))) {
      return Stream.concat(found, golden).filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void decode_fuzzedInput_givesMessageOrMalformedAlone(Path file) throws IOException {
    byte[] json = Files.readAllBytes(file);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2), () -> MessageDecoderFuzzer.fuzzerTestOneInput(json));
  }
}
