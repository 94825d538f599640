package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that fuzzing of the packets began with, and what it found, on a connection. */
abstract class FuzzedFaults extends FaultsFixture {
  private static final Set<ErrorCode> CODES =
      Set.of(
          StreamErrorCode.PROTOCOL_VIOLATION,
          StreamErrorCode.PACKET_TOO_LARGE,
          StreamErrorCode.CONNECTION_LOST,
          StreamErrorCode.SERVER_DISCONNECTED);

  FuzzedFaults(Engine engine) {
    super(engine);
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> seeds = Files.list(Path.of("src/test/resources/packets"));
        Stream<Path> found = Files.list(Path.of("src/test/fuzz"))) {
      return Stream.concat(seeds, found.filter(file -> file.toString().contains("found-")))
          .filter(file -> !file.toString().contains(".git"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void fuzzedBytes_endWithATypedError(Path file) throws IOException {
    byte[] input = Files.readAllBytes(file);
    Peer peer = subscribe(request());
    peer.sendAndHangUp(Arrays.copyOfRange(input, 1, input.length), 50);
    NHubException failure = listener.awaitFailure(NHubException.class);
    assertTrue(CODES.contains(failure.code()), failure::toString);
    assertFalse(failure.getCause() instanceof RuntimeException, failure::toString);
    awaitNoThreads();
  }
}
