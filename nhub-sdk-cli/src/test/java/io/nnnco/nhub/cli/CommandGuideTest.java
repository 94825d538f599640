package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** docs/command.md says what the command does: its transcripts are run, its tables compared. */
@NHubTest(leakCheck = false)
final class CommandGuideTest {
  private static final Path GUIDE = Path.of("../docs/command.md");

  @Test
  void transcripts_runAgain_sayTheSame(FakeNHub fake, @TempDir Path dir) throws IOException {
    new FakeDirectory(dir.resolve("D")).write(fake, "nnn.acme");
    Instant time = Instant.parse("2026-03-17T02:03:04Z");
    fake.subscriptions()
        .follow(
            subscribed -> {
              if (subscribed.filter().endsWith("/joins")) {
                fake.publish(FakeMessage.join("ROOM-3").at(time).field("dev_addr", "01AB23CD"));
                fake.publish(FakeMessage.downlink("ROOM-1").at(time).field("f_port", 2));
              } else if (subscribed.filter().endsWith("/uplinks")) {
                fake.publish(room("ROOM-1", 4.5).at(time).radio(-95, 7.5, "GW001"));
                fake.publish(room("ROOM-2", 21.25).at(time).radio(-101, 4.25, "GW002"));
              }
            });
    String guide = Files.readString(GUIDE);

    Transcripts transcripts = new Transcripts(new Cli(dir), dir);
    String rerun = transcripts.rerun(guide);

    // To take over what it says now: cp target/command.md ../docs/
    Files.writeString(Path.of("target/command.md"), rerun);
    assertEquals(Transcripts.likeness(guide), Transcripts.likeness(rerun));
    assertTrue(transcripts.count() >= 14, "only " + transcripts.count() + " commands were run");
  }

  private static FakeMessage room(String device, double temperature) {
    return FakeMessage.uplink(device)
        .reading("temperature", temperature, "°C")
        .reading("door_open", false, null);
  }

  @Test
  void status_inTheGuide_looksAsOnATerminalAndInALog() throws IOException {
    String guide = Files.readString(GUIDE);
    StatsLine busy = new StatsLine(SubscriptionState.SUBSCRIBED, StatsSamples.busy(), 9_850);
    StatsLine down = new StatsLine(SubscriptionState.WAITING, StatsSamples.busy(), 0);

    for (StatsLine status : List.of(busy, down)) {
      String live = status.fitting(78, new Bar(true), new Paint(false));
      assertTrue(guide.contains("\n" + live + "\n"), live);
    }
    assertTrue(guide.contains("\nnhub: " + busy.plain() + "\n"), busy.plain());
    String replay = new ReplayStatus(1_234, 0.749).fitting(78, new Bar(true), new Paint(false));
    assertTrue(guide.contains("\n" + replay + "\n"), replay);
  }

  @Test
  void exitCodes_areThoseOfTheCode() throws IOException {
    assertTable(
        "| code | meaning | errors |",
        Arrays.stream(ExitCode.values())
            .map(exit -> "| %d | %s | %s |".formatted(exit.code(), exit.meaning(), errors(exit)))
            .toList());
  }

  private static String errors(ExitCode exit) {
    if (exit == ExitCode.UNEXPECTED) {
      return "every other one";
    }
    return Stream.<ErrorCode[]>of(StreamErrorCode.values(), CoreErrorCode.values())
        .flatMap(Arrays::stream)
        .filter(error -> ExitCode.of(error) == exit)
        .map(ErrorCode::id)
        .collect(Collectors.joining(", "));
  }

  @Test
  void settings_areThoseOfTheCode() throws IOException {
    assertTable(
        "| option | environment | in nhub.properties | is |",
        Arrays.stream(Setting.values())
            .map(
                setting ->
                    "| %s | `%s` | `%s` | %s |"
                        .formatted(
                            setting.secret() ? "" : "`" + setting.option() + "`",
                            setting.variable(),
                            setting.property(),
                            setting.meaning()))
            .toList());
  }

  private static void assertTable(String header, List<String> rows) throws IOException {
    List<String> lines = Files.readAllLines(GUIDE);
    int first = lines.indexOf(header) + 2;
    int last = first;
    while (lines.get(last).startsWith("|")) {
      last++;
    }
    assertEquals(String.join("\n", rows), String.join("\n", lines.subList(first, last)));
  }

  @Test
  void everyCommandAndOption_isInTheGuideAndHasHelp(@TempDir Path dir) throws IOException {
    String guide = Files.readString(GUIDE);
    List<String> missing = new ArrayList<>();
    for (CommandLine command : leaves(new Cli(dir).commandLine())) {
      String name = command.getCommandSpec().qualifiedName();
      if (!guide.contains(name)) {
        missing.add(name);
      }
      command.getCommandSpec().options().stream()
          .map(CommandLine.Model.OptionSpec::longestName)
          .filter(option -> !guide.contains(option))
          .forEach(option -> missing.add(name + " " + option));
      String[] help = (name.substring("nhub ".length()) + " --help").split(" ", -1);
      assertTrue(new Cli(dir).run(help).out().startsWith("Usage: " + name + " "), name);
    }
    assertEquals(List.of(), missing);
  }

  private static List<CommandLine> leaves(CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return List.of(command);
    }
    return command.getSubcommands().values().stream().flatMap(sub -> leaves(sub).stream()).toList();
  }

  @Test
  void help_hasTheExitCodesAndTheSettings(@TempDir Path dir) {
    String help = new Cli(dir).run("--help").out();

    for (ExitCode exit : ExitCode.values()) {
      assertTrue(help.contains("  " + exit.code() + " "), help);
    }
    for (Setting setting : Setting.values()) {
      assertTrue(help.contains(setting.variable()), help);
    }
  }
}
