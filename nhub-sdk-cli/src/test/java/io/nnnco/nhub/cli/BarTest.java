package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BarTest {
  @ParameterizedTest
  @CsvSource({
    "0, ░░░░░░░░░░, ..........",
    "9, ░░░░░░░░░░, ..........",
    "10, █░░░░░░░░░, #.........",
    "55, █████░░░░░, #####.....",
    "99, █████████░, #########.",
    "100, ██████████, ##########",
  })
  void bar_isAsLongAsTheShare_andFullOnlyAtAHundred(int percent, String unicode, String ascii) {
    assertEquals(unicode, new Bar(true).of(percent));
    assertEquals(ascii, new Bar(false).of(percent));
  }
}
