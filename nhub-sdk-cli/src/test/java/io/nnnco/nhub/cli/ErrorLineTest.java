package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorLineTest {
  /** Not by a file: root, as whom tests may run, is denied nothing. */
  @Test
  void of_fileThatMayNotBeRead_saysWhatToDo() {
    assertEquals(
        new ErrorLine(
            ExitCode.FILES,
            "fake.json: access denied; run as its owner, or change its permissions."),
        ErrorLine.of(new AccessDeniedException("fake.json")));
  }

  @ParameterizedTest
  @CsvSource({"0x9B, --qos 0", "0xA2, --device"})
  void of_whatTheBridgeLacks_isARefusal_withAnOptionAsAdvice(String reasonCode, String option) {
    ErrorLine line =
        ErrorLine.of(
            new SubscriptionRefusedException("v4/#", Integer.decode(reasonCode), "Refused."));

    assertEquals(ExitCode.REFUSED, line.exitCode());
    assertTrue(line.text().contains(option), line::text);
  }
}
