package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.FindingStatus;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.Set;

/** The exit codes; docs/command.md has the same table. */
enum ExitCode {
  SUCCESS(0, "Success; also if the reader of the output has closed it, as head -1 does."),
  UNEXPECTED(1, "Anything else. Please report it with the output of --verbose."),
  MISTAKE(2, "A wrong or missing argument or setting. Nothing was sent."),
  REFUSED(3, "N-Hub refused, or a certificate was rejected: do not retry without a change."),
  UNREACHABLE(4, "N-Hub was not reached, timed out, or is busy: a retry may help."),
  FILES(5, "A local file or directory is missing, unreadable, damaged or not writable."),
  INTERRUPTED(130, "Interrupted with Ctrl-C (128 + 2, SIGINT), as shells report it.");

  private static final Set<ErrorCode> OF_FILES =
      Set.of(
          CoreErrorCode.IDENTITY_PEM_MALFORMED,
          CoreErrorCode.IDENTITY_PEM_UNEXPECTED,
          CoreErrorCode.IDENTITY_KEY_PASSWORD_REQUIRED,
          CoreErrorCode.IDENTITY_KEY_PASSWORD_WRONG,
          CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
          CoreErrorCode.IDENTITY_KEY_MISMATCH,
          CoreErrorCode.IDENTITY_UNTRUSTED,
          CoreErrorCode.IDENTITY_FILE_MISSING,
          CoreErrorCode.IDENTITY_FILE_UNREADABLE,
          CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
          CoreErrorCode.IDENTITY_NOT_SAVED,
          CoreErrorCode.API_INTENT_FILE,
          CoreErrorCode.RECORDING_UNUSABLE,
          CoreErrorCode.RECORDING_NEWER,
          CoreErrorCode.RECORDING_NOT_WRITTEN,
          CoreErrorCode.RECORDING_BUSY,
          CoreErrorCode.RECORDING_OTHER_REDACTION,
          CoreErrorCode.RECORDING_KEY,
          StreamErrorCode.DEAD_LETTER_FILE_FULL,
          StreamErrorCode.DEAD_LETTER_FILE_BUSY,
          StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE);

  /** Errors that no command should meet. */
  private static final Set<ErrorCode> OF_NOBODY =
      Set.of(
          CoreErrorCode.MALFORMED_MESSAGE,
          CoreErrorCode.API_CANCELLED,
          StreamErrorCode.HANDLER_FAILED,
          StreamErrorCode.LOCAL_FAILURE);

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** The exit code for a diagnosis: that of the error to which its verdict leads. */
  static ExitCode of(Diagnosis diagnosis) {
    return diagnosis
        .verdict()
        .filter(finding -> finding.status() == FindingStatus.FAULT)
        .map(finding -> finding.code().error().map(ExitCode::of).orElse(REFUSED))
        .orElse(SUCCESS);
  }

  /** The exit code for this error. */
  static ExitCode of(ErrorCode error) {
    if (error.isTransient()) {
      return UNREACHABLE;
    }
    if (error == StreamErrorCode.MISSING_CREDENTIALS || error == CoreErrorCode.RUNTIME_INCOMPLETE) {
      return MISTAKE;
    }
    return OF_FILES.contains(error) ? FILES : OF_NOBODY.contains(error) ? UNEXPECTED : REFUSED;
  }
}
