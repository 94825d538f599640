package io.nnnco.nhub.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Its commands are sub-commands; by itself it lists them. */
@Command(
    name = "nhub",
    description = "N-Hub from the command line.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      KeysCommand.class,
      CertsCommand.class,
      TailCommand.class,
      ForgetCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      DoctorCommand.class,
      FakeCommand.class,
      GenerateCompletion.class
    })
public final class NHub {
  private final ProcessEnvironment process;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print logs, and where an error comes from.")
  private boolean verbose;

  private NHub(ProcessEnvironment process) {
    this.process = process;
  }

  /**
   * Runs a command and exits with its code, see docs/command.md.
   *
   * @param arguments the command and its arguments
   */
  public static void main(String... arguments) {
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    CommandLine commandLine =
        commandLine(ProcessEnvironment.ofProcess())
            .setOut(out.writer())
            .setErr(new StandardOutput(new FileOutputStream(FileDescriptor.err)).writer());
    commandLine.setExecutionStrategy(
        result -> {
          Logs.configure(of(commandLine).verbose);
          return new RunLast().execute(result);
        });
    int code = commandLine.execute(arguments);
    commandLine.getOut().flush();
    if (code == ExitCode.SUCCESS.code()) {
      code = out.failure().map(failure -> failure(failure, commandLine)).orElse(code);
    }
    commandLine.getErr().flush();
    System.exit(code);
  }

  static CommandLine commandLine(ProcessEnvironment process) {
    CommandLine commandLine =
        new CommandLine(new NHub(process))
            .setColorScheme(Help.defaultColorScheme(process.ansi()))
            .setUsageHelpWidth(100)
            .setParameterExceptionHandler(NHub::mistake)
            .setExecutionExceptionHandler((error, command, result) -> failure(error, command));
    Map<String, String> exitCodes = new LinkedHashMap<>();
    for (ExitCode exitCode : ExitCode.values()) {
      exitCodes.put(exitCode.code() + "", exitCode.meaning());
    }
    commandLine
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes)
        .footerHeading("%nSettings:%n")
        .footer(Setting.overview());
    return commandLine;
  }

  /** The top-level command of a command. */
  static NHub of(CommandLine commandLine) {
    return (NHub) commandLine.getCommandSpec().root().userObject();
  }

  ProcessEnvironment process() {
    return process;
  }

  boolean verbose() {
    return verbose;
  }

  /** One line, so that it can be read in a log. */
  private static int mistake(ParameterException exception, String... arguments) {
    CommandLine command = exception.getCommandLine();
    String problem =
        exception instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched.getUnmatched())
            : exception.getMessage() + "";
    command
        .getErr()
        .println(
            "nhub: "
                + PlainText.oneLine(problem)
                + " (see "
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return ExitCode.MISTAKE.code();
  }

  /** An option that does not exist may have had a secret as its value: only its name is shown. */
  private static String unmatched(List<String> arguments) {
    List<String> options =
        arguments.stream()
            .filter(text -> text.startsWith("-"))
            .map(text -> text.replaceFirst("[=:].*", ""))
            .toList();
    if (options.isEmpty()) {
      return "Unexpected argument: " + String.join(" ", arguments) + ".";
    }
    return Setting.secretAmong(options)
        .map(Setting::noOption)
        .orElse("Unknown option: " + String.join(", ", options) + ".");
  }

  private static int failure(Exception error, CommandLine command) {
    ErrorLine line = ErrorLine.of(error);
    boolean noFake =
        line.exitCode() == ExitCode.UNREACHABLE
            && command.getParseResult().hasMatchedOption("--fake");
    command
        .getErr()
        .println("nhub: " + line.text() + (noFake ? " Is the fake still running?" : ""));
    if (of(command).verbose) {
      error.printStackTrace(command.getErr());
    }
    return line.exitCode().code();
  }
}
