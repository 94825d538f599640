package io.nnnco.nhub.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that talks to an N-Hub. */
abstract class PlatformOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "The environment's name, such as dev-au-03.")
  private @Nullable String environment;

  @Option(
      names = "--fake",
      paramLabel = "DIR",
      description = "Use the fake that \"nhub fake --dir DIR\" runs; no other setting is needed.")
  private @Nullable Path fake;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long a connection or a call may take. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(30);

  /** The options of the command itself that are settings. */
  abstract void collect(Map<Setting, String> values);

  final Duration timeout() {
    return timeout;
  }

  /** The same if it was given, else another default. */
  final Duration timeout(Duration otherwise) {
    return commandLine().getParseResult().hasMatchedOption("--timeout") ? timeout : otherwise;
  }

  final PrintWriter out() {
    return commandLine().getOut();
  }

  final PrintWriter err() {
    return commandLine().getErr();
  }

  final Paint paint() {
    return new Paint(commandLine().getColorScheme().ansi().enabled());
  }

  /** Whether logs, too, go to the standard error. */
  final boolean verbose() {
    return NHub.of(commandLine()).verbose();
  }

  final Path resolve(Path path) {
    return process().workingDirectory().resolve(path);
  }

  /** Options first; then either the fake, or the environment and then the file. */
  final Target target() {
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    if (environment != null) {
      options.put(Setting.ENVIRONMENT, environment);
    }
    collect(options);
    Consumer<String> warnings = warning -> err().println("nhub: " + PlainText.oneLine(warning));
    List<Settings.Source> sources = new ArrayList<>();
    sources.add(Settings.options(options));
    if (fake == null) {
      sources.add(Settings.variables(process().variables()));
      sources.add(PropertiesFile.read(process().workingDirectory(), warnings));
    } else {
      sources.add(FakeSettings.read(resolve(fake)));
    }
    return new Target(new Settings(sources), process().workingDirectory(), warnings);
  }

  final ProcessEnvironment process() {
    return NHub.of(commandLine()).process();
  }

  private CommandLine commandLine() {
    if (command == null) {
      throw new IllegalStateException("Not started by picocli.");
    }
    return command.commandLine();
  }
}
