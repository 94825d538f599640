package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.ErrorCode;

/** What a command says to the shell; docs/command.md has the same table. */
enum ExitCode {
  SUCCESS(0, "Done; also when the reader of the output has gone, as with head -1."),
  UNEXPECTED(1, "Anything else. Please report it with what --verbose prints."),
  MISTAKE(2, "A wrong or missing argument or setting. Nothing was sent."),
  REFUSED(
      3, "N-Hub said no, or a certificate was not accepted: do not try again without a change."),
  UNREACHABLE(4, "N-Hub was not reached, was too late, or is busy: trying again may help."),
  FILES(5, "A local file or directory is missing, unreadable, damaged or not writable."),
  INTERRUPTED(130, "Interrupted with Ctrl-C (128 + 2, SIGINT), as shells report it.");

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

  /** How a command ends that failed with this error. */
  static ExitCode of(ErrorCode error) {
    return switch (error) {
      case MISSING_CREDENTIALS, RUNTIME_INCOMPLETE -> MISTAKE;
      case BAD_CREDENTIALS,
          NOT_AUTHORIZED,
          CERTIFICATE_REVOKED,
          SUBSCRIPTION_REFUSED,
          WILDCARDS_MISSING,
          QOS_MISSING,
          SERVER_NOT_TRUSTED,
          WRONG_HOST_NAME,
          SERVER_CERTIFICATE_EXPIRED,
          CLIENT_CERTIFICATE_REJECTED,
          SESSION_TAKEN_OVER,
          IDENTITY_EXPIRED,
          IDENTITY_NOT_YET_VALID,
          API_INVALID_REQUEST,
          API_AUTHENTICATION_FAILED,
          API_PERMISSION_DENIED,
          API_NOT_FOUND,
          API_CERTIFICATE_LIMIT ->
          REFUSED;
      case TLS_FAILED,
          HOST_NOT_FOUND,
          CONNECTION_REFUSED,
          CONNECT_TIMEOUT,
          CONNECTION_LOST,
          KEEP_ALIVE_TIMEOUT,
          SERVER_REFUSED,
          SERVER_DISCONNECTED,
          PROTOCOL_VIOLATION,
          API_RATE_LIMITED,
          API_SERVER_ERROR,
          API_UNREADABLE_ANSWER,
          API_UNEXPECTED_STATUS,
          API_CONNECTION_FAILED,
          API_TIMEOUT,
          API_UNFINISHED_ISSUE ->
          UNREACHABLE;
      case IDENTITY_PEM_MALFORMED,
          IDENTITY_PEM_UNEXPECTED,
          IDENTITY_KEY_PASSWORD_REQUIRED,
          IDENTITY_KEY_PASSWORD_WRONG,
          IDENTITY_KEY_UNSUPPORTED,
          IDENTITY_KEY_MISMATCH,
          IDENTITY_UNTRUSTED,
          IDENTITY_FILE_MISSING,
          IDENTITY_FILE_UNREADABLE,
          IDENTITY_DIRECTORY_NOT_WRITABLE,
          IDENTITY_NOT_SAVED,
          API_INTENT_FILE ->
          FILES;
      default -> UNEXPECTED;
    };
  }
}
