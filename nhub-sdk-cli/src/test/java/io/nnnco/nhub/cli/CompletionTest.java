package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnnco.nhub.cli.Cli.Result;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of {@code nhub generate-completion}, in a real bash. */
final class CompletionTest {
  @TempDir private Path dir = Path.of("unused");

  @BeforeEach
  void generate() throws IOException {
    assumeTrue(new File("/bin/bash").canExecute());
    Result script = new Cli(dir).run("generate-completion");
    assertEquals(0, script.exit(), script.err());
    Files.writeString(dir.resolve("completion"), script.out());
  }

  private String bash(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "--norc"));
    command.addAll(List.of(arguments));
    Process bash =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), output);
    return output.strip();
  }

  /** What the tab key offers after these words, of which the last is begun. */
  private String offered(String... words) throws Exception {
    String typed = "'" + String.join("' '", words) + "'";
    String script =
        "compopt() { :; }; source completion; COMP_WORDS=(nhub %s); COMP_CWORD=%d; _complete_nhub nhub; echo"
            + " ${COMPREPLY[@]}";
    String offered = bash("-c", script.formatted(typed, words.length));
    return String.join(" ", new TreeSet<>(List.of(offered.split("\\s+", -1))));
  }

  @Test
  void script_isValid() throws Exception {
    assertEquals("", bash("-n", "completion"));
  }

  @Test
  void script_offersCommands_theirCommands_andTheirOptions() throws Exception {
    assertEquals(
        "certs doctor fake forget generate-completion keys record replay tail",
        commands(offered("")));
    assertEquals("certs", offered("ce"));
    assertEquals("issue list recover renew revoke show", commands(offered("certs", "")));
    assertEquals("--certs --count", offered("tail", "--c"));
    assertEquals("--api-key --api-url", offered("certs", "issue", "--api"));
    assertEquals("downlinks joins uplinks", offered("tail", "--kinds", ""));
  }

  private static String commands(String offered) {
    return String.join(
        " ", List.of(offered.split(" ", -1)).stream().filter(w -> !w.startsWith("-")).toList());
  }
}
