package io.nnnco.nhub.examples.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.docs.DocSnippets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each block of docs/testing.md is one of the test classes beside this one. */
class TestingGuideTest {
  private static final Path HERE = Path.of("src/test/java/io/nnnco/nhub/examples/testing");

  @Test
  void guide_everyBlock_isATestThatRuns(@TempDir Path folder) throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String name :
        List.of(
            "HappyPathTest",
            "BridgeOutageTest",
            "BadMessageTest",
            "DeadLettersTest",
            "RevokedCertificateTest",
            "RateLimitTest",
            "MidnightTest",
            "FleetTest")) {
      try (Stream<String> lines = Files.lines(HERE.resolve(name + ".java"))) {
        lines.forEach(line -> sources.append(line).append('\n'));
      }
    }
    Path all = Files.writeString(folder.resolve("All.java"), sources);

    assertEquals(List.of(), DocSnippets.differences(Path.of("../docs/testing.md"), all));
  }
}
