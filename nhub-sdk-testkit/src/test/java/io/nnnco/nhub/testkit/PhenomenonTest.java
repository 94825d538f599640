package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PhenomenonTest {
  @Test
  void table_inTheGuide_hasEachWithItsShare() throws IOException {
    List<String> rows =
        Stream.of(Phenomenon.values())
            .map(each -> "| `" + each + "` | " + each.inTheField() + " | " + each.shareOf() + " |")
            .toList();

    assertEquals(
        rows,
        Files.readAllLines(Path.of("../docs/testing.md")).stream()
            .filter(line -> line.matches("\\| `[A-Z_]+` \\| [0-9.]+ \\| .*"))
            .toList());
  }
}
