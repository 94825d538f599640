package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check that keeps guides true must itself notice. */
final class DocSnippetsTest {
  private static final String GUIDE =
      """
      # Guide
      ```java
      if (a) {
        b();
      }
      ```
      ```bash
      not looked at
      ```
      """;

  private final Path guide;
  private final Path tests;

  DocSnippetsTest(@TempDir Path directory) throws IOException {
    this.guide = Files.writeString(directory.resolve("guide.md"), GUIDE);
    this.tests = directory.resolve("Tests.java");
  }

  private List<String> differences(String source) throws IOException {
    Files.writeString(tests, source);
    return DocSnippets.differences(guide, tests);
  }

  @Test
  void differences_sameTextWithOtherIndentation_areNone() throws IOException {
    assertEquals(
        List.of(),
        differences(
            "class T {\n    // tag::a\n    if (a) {\n      b();\n    }\n    // end::a\n}\n"));
  }

  @Test
  void differences_regionsOfOneName_areOneBlock() throws IOException {
    assertEquals(
        List.of(),
        differences(
            "// tag::a\nif (a) {\n  b();\n// end::a\ncheck();\n  // tag::a\n  }\n  // end::a\n"));
  }

  @Test
  void differences_otherText_areTheBlockAndTheRegion() throws IOException {
    List<String> differences = differences("// tag::a\nif (a) {\n  c();\n}\n// end::a\n");

    assertEquals(2, differences.size());
    assertTrue(differences.get(0).contains("b();") && differences.get(1).contains("c();"));
  }

  @Test
  void differences_noRegions_isTheBlock() throws IOException {
    assertEquals(1, differences("class T {}").size());
  }
}
