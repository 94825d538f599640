package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} has each code once, with the advice that users read in the message. */
final class ErrorsDocumentTest {
  private static final List<ErrorCode> CODES =
      Stream.<ErrorCode[]>of(CoreErrorCode.values(), StreamErrorCode.values())
          .flatMap(Arrays::stream)
          .toList();

  private static final Path DOCUMENT = Path.of("..", "docs", "errors.md");

  @Test
  void everyCode_hasItsRowWithItsAdvice() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| **NHUB-")).toList();
    List<String> problems = new ArrayList<>();
    for (ErrorCode code : CODES) {
      List<String> found =
          rows.stream().filter(row -> row.startsWith("| **" + code.id() + "**")).toList();
      if (found.size() != 1) {
        problems.add(code.id() + " has " + found.size() + " rows");
      } else if (!found.get(0).endsWith("| " + code.advice() + " |")) {
        problems.add(code.id() + " has another advice: " + code.advice());
      }
    }
    assertEquals(List.of(), problems);
    assertEquals(CODES.size(), rows.size(), "a row of a code that is gone");
  }

  @Test
  void codes_areUnique() {
    List<String> ids = CODES.stream().map(ErrorCode::id).toList();
    assertEquals(ids.stream().collect(Collectors.toSet()).size(), ids.size());
  }
}
