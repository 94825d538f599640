package io.nnnco.nhub.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.contract.ForeignProcess.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/control-api.md: its programs are parts of those that are run, its shell lines are run. */
final class ControlGuideTest {
  private static final Path GUIDE = Path.of("../docs/control-api.md");

  @Test
  void block_ofPythonAndJavaScript_isARegionOfAProgramThatIsRun() throws IOException {
    List<String> strays = new ArrayList<>();
    strays.addAll(blocksWithout(regions("python"), "python"));
    strays.addAll(blocksWithout(regions("node"), "js"));

    assertEquals(List.of(), strays);
  }

  private static List<String> blocksWithout(List<String> regions, String language)
      throws IOException {
    List<String> blocks = blocks(language);
    assertTrue(blocks.size() >= 4, language);
    return blocks.stream().filter(block -> !regions.contains(block)).toList();
  }

  private static List<String> blocks(String language) throws IOException {
    return found("```" + language + "\\n(.*?)```", Files.readString(GUIDE));
  }

  private static List<String> regions(String folder) throws IOException {
    List<String> regions = new ArrayList<>();
    try (Stream<Path> programs = Files.list(Path.of("src/test", folder, "control"))) {
      for (Path program : programs.filter(Files::isRegularFile).toList()) {
        found("tag::\\w+\\[]\\n(.*?)[^\\n]*end::", Files.readString(program))
            .forEach(region -> regions.add(region.stripTrailing().stripIndent() + "\n"));
      }
    }
    return regions;
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void shellLines_each_run() throws IOException {
    ForeignTools.program("curl");
    String script = "set -e\n" + blocks("sh").stream().collect(Collectors.joining("\necho\n"));
    try (FakeNHub fake = FakeNHub.builder().control().start();
        ForeignProcess shell =
            ForeignProcess.start(
                Path.of("."),
                List.of("sh", "-c", script),
                Map.of(
                    "CONTROL", fake.control().address().toString(),
                    "TOKEN", fake.control().token().reveal()))) {
      Finished finished = shell.finish();

      assertEquals(0, finished.exit(), finished::output);
      assertTrue(finished.output().contains("There is no fault Nix"), finished::output);
      assertTrue(finished.output().contains("BridgeFault.RefuseConnect"), finished::output);
    }
  }
}
