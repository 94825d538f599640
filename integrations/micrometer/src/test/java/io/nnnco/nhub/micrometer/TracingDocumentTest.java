package io.nnnco.nhub.micrometer;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.common.docs.KeyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/tracing.md has the attributes that the code documents, and no others. */
class TracingDocumentTest {
  @Test
  void table_hasEachAttribute_andSaysOnWhichSpansAndWhetherItIsATag() throws IOException {
    Set<String> expected =
        Stream.concat(
                rows(NHubObservationDocumentation.LowCardinalityKeys.values(), "yes"),
                rows(NHubObservationDocumentation.HighCardinalityKeys.values(), "no"))
            .collect(toCollection(TreeSet::new));
    assertEquals(expected, new TreeSet<>(table()));
  }

  private static Stream<String> rows(KeyName[] keys, String tag) {
    return Stream.of(keys).map(key -> key.asString() + " | " + spans(key) + " | " + tag);
  }

  private static String spans(KeyName key) {
    return Stream.of(NHubObservationDocumentation.values())
        .filter(
            each ->
                Arrays.asList(each.getLowCardinalityKeyNames()).contains(key)
                    || Arrays.asList(each.getHighCardinalityKeyNames()).contains(key))
        .map(each -> each.name().toLowerCase(java.util.Locale.ROOT))
        .reduce((one, other) -> one + ", " + other)
        .orElseThrow();
  }

  /** The first three columns of each row. */
  private static List<String> table() throws IOException {
    return Files.readAllLines(Path.of("../../docs/tracing.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" *\\| *"))
        .map(cells -> cells[1].replace("`", "") + " | " + cells[2] + " | " + cells[3])
        .toList();
  }
}
