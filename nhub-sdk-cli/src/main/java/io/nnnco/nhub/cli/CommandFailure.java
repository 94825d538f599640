package io.nnnco.nhub.cli;

/** A command cannot continue, for a reason that comes from the command line itself. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How the command ends; an enum, so it survives serialization. */
  private final ExitCode exitCode;

  /** The message says what happened and what to do, without secrets. */
  CommandFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandFailure mistake(String message) {
    return new CommandFailure(ExitCode.MISTAKE, message);
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
