package io.nnnco.nhub.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class QuickstartTest {
  private static final Pattern UPLINK =
      Pattern.compile("\\d\\d:\\d\\d:\\d\\d  \\S+ +-?\\d+ dBm / +-?\\d+\\.\\d dB  .*=.*");

  @Test
  @Timeout(300)
  void main_withoutSettings_showsTheWholeWayOnTheFake() throws InterruptedException {
    List<String> lines = outputOfMain();

    assertEquals(1, lines.stream().filter(line -> line.startsWith("API key      ")).count());
    assertEquals(1, lines.stream().filter(line -> line.matches("Certificate  [0-9a-f]+")).count());
    assertEquals(1, lines.stream().filter(line -> line.matches("expires      20.*Z")).count());
    assertTrue(
        lines.stream().filter(UPLINK.asMatchPredicate()).count() >= 10, String.join("\n", lines));
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("\\d+ received, \\d+ acknowledged, 0 failed")),
        String.join("\n", lines));
  }

  private static List<String> outputOfMain() throws InterruptedException {
    PrintStream before = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, UTF_8));
    try {
      Quickstart.main();
    } finally {
      System.setOut(before);
    }
    return captured.toString(UTF_8).lines().toList();
  }
}
