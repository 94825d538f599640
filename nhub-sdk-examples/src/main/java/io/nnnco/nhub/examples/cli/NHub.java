package io.nnnco.nhub.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line. Its commands are sub-commands; by itself it tells which there are. */
@Command(
    name = "nhub",
    description = "N-Hub from the command line.",
    mixinStandardHelpOptions = true,
    version = "nhub 0.1.0-SNAPSHOT",
    subcommands = {FakeCommand.class})
public final class NHub {
  private static final int MISTAKE = 2;

  private NHub() {}

  /** Runs a command and exits with its code: 0 for success, 2 for a mistake of the caller. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new NHub())
        .setParameterExceptionHandler(NHub::mistake)
        .setExecutionExceptionHandler(
            (exception, command, result) -> {
              command.getErr().println("nhub: " + exception);
              return 1;
            });
  }

  /** One line, so that it can be read in a log. */
  private static int mistake(ParameterException exception, String... arguments) {
    CommandLine command = exception.getCommandLine();
    String message = exception.getMessage();
    command
        .getErr()
        .println(
            "nhub: "
                + (message == null ? "bad arguments" : message.replaceAll("\\s*\\R\\s*", " "))
                + " (see "
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return MISTAKE;
  }
}
