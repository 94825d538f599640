package io.nnnco.nhub.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs the {@code ```console} blocks of a guide again. An id in a command that an earlier output
 * has shown stands for the id that this output has now.
 */
final class Transcripts {
  private static final Pattern BLOCK =
      Pattern.compile("(?<=```console\\n)(.*?)(?=```)", Pattern.DOTALL);
  private static final Pattern STEP =
      Pattern.compile("^\\$ .*\\n(?:(?!\\$ ).*\\n)*", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern ID =
      Pattern.compile("\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

  /** What differs from run to run: ids, fingerprints, tokens, times and ports. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          ID.pattern()
              + "|\\b[0-9a-f]{40,}\\b"
              + "|\\b20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z"
              + "|(?<= )\\d+(?= received)"
              + "|(?<=localhost:|\\bport )\\d+"
              + "|(?<=localhost: |\\bport \\d{1,5}, ).*" // With IPv6 or without.
              + "|(?<=nhub-doctor-)[0-9a-f]{10}");

  private final Cli cli;
  private final Path dir;
  private final Map<String, String> ids = new HashMap<>();
  private int count;

  Transcripts(Cli cli, Path dir) {
    this.cli = cli;
    this.dir = dir;
  }

  int count() {
    return count;
  }

  /** The guide with what the commands say now. */
  String rerun(String guide) {
    return BLOCK.matcher(guide).replaceAll(block -> Matcher.quoteReplacement(rerunBlock(block)));
  }

  private String rerunBlock(MatchResult block) {
    StringBuilder now = new StringBuilder();
    int exit = 0;
    for (MatchResult found : STEP.matcher(block.group()).results().toList()) {
      String step = found.group();
      String command = step.lines().findFirst().orElseThrow().substring(2);
      StringWriter said = new StringWriter();
      if (command.equals("echo $?")) {
        said.write(exit + "\n");
      } else {
        exit = run(command, said);
      }
      String output = sortedIfOfDevices(said.toString().replace(dir + "/", ""));
      learn(step, output);
      now.append("$ ").append(replaceIds(command)).append('\n').append(output);
    }
    return now.toString();
  }

  private int run(String command, StringWriter said) {
    count++;
    PrintWriter both = new PrintWriter(said, true);
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(replaceIds(command));
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    if (!words.remove(0).equals("nhub")) {
      throw new AssertionError("not an nhub command: " + command);
    }
    return cli.commandLine().setOut(both).setErr(both).execute(words.toArray(String[]::new));
  }

  /** Different devices come in any order. */
  private static String sortedIfOfDevices(String output) {
    List<String> lines = output.lines().collect(Collectors.toCollection(ArrayList::new));
    if (lines.size() > 2 && lines.get(0).startsWith("nhub: connected")) {
      lines.subList(1, lines.size() - 1).sort(null);
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private void learn(String before, String now) {
    String old = before.substring(before.indexOf('\n') + 1);
    List<String> olds = ID.matcher(old).results().map(MatchResult::group).toList();
    List<String> news = ID.matcher(now).results().map(MatchResult::group).toList();
    for (int i = 0; i < Math.min(olds.size(), news.size()); i++) {
      ids.putIfAbsent(olds.get(i), news.get(i));
    }
  }

  private String replaceIds(String command) {
    return ID.matcher(command).replaceAll(id -> ids.getOrDefault(id.group(), id.group()));
  }

  /** The guide with what differs from run to run blanked out. */
  static String likeness(String guide) {
    return VARIABLE.matcher(guide).replaceAll("#");
  }
}
