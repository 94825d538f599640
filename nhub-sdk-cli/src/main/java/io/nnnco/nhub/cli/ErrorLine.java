package io.nnnco.nhub.cli;

import static java.util.Map.entry;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Map;

/** An error as one line that says what to do, and as an exit code. */
record ErrorLine(ExitCode exitCode, String text) {
  /** Replaces the SDK's advice where it is about Java. */
  private static final Map<ErrorCode, String> ADVICE =
      Map.ofEntries(
          entry(
              StreamErrorCode.WILDCARDS_MISSING,
              "Name the devices with --device, so that no wildcard is needed."),
          entry(
              StreamErrorCode.QOS_MISSING,
              "Use --qos 0 if messages may be lost; otherwise ask N-Hub's support for QoS 1."),
          entry(
              StreamErrorCode.SUBSCRIBE_TOO_LARGE,
              "Name fewer devices with --device, or none to receive from all of them."),
          entry(
              StreamErrorCode.CERTIFICATE_REVOKED,
              "Issue a new certificate with nhub certs issue; a revoked one never works again."),
          entry(
              StreamErrorCode.CONNECTION_LOST,
              "If it persists, check that host and port are the bridge's, and check the network."),
          entry(
              StreamErrorCode.SESSION_TAKEN_OVER, "Give each process a --durable name of its own."),
          entry(
              CoreErrorCode.RECORDING_UNUSABLE,
              "Check the path, and that the file was written by nhub record."),
          entry(CoreErrorCode.RECORDING_NEWER, "Use a newer nhub; the recording is unharmed."),
          entry(
              CoreErrorCode.RECORDING_OTHER_REDACTION,
              "Go on with the --redact-key with which it was begun, or without one if it had none;"
                  + " or record into another file."),
          entry(
              CoreErrorCode.API_RATE_LIMITED,
              "Call less often, or allow more time with --timeout."),
          entry(
              CoreErrorCode.API_TIMEOUT,
              "Check the network and N-Hub's status, or allow more time with --timeout."),
          entry(
              CoreErrorCode.API_CERTIFICATE_LIMIT,
              "Revoke a certificate that is no longer used (nhub certs list, nhub certs revoke ID),"
                  + " then issue again."),
          entry(
              CoreErrorCode.API_UNFINISHED_ISSUE,
              "Run nhub certs recover with the same --out: it revokes what was lost and issues again."),
          entry(
              CoreErrorCode.IDENTITY_EXPIRED,
              "Renew it with nhub certs renew, or, if it is the CA's that expired, get the current CA"
                  + " certificate. If the date is unexpected, check this machine's clock."));

  static ErrorLine of(Throwable error) {
    if (error instanceof NHubException nhub) {
      return new ErrorLine(ExitCode.of(nhub.code()), textOf(nhub));
    }
    if (error instanceof CommandFailure failure) {
      return new ErrorLine(failure.exitCode(), PlainText.oneLine(failure.getMessage() + ""));
    }
    if (error instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return of(unchecked.getCause());
    }
    if (error instanceof IOException io) {
      return new ErrorLine(ExitCode.FILES, PlainText.oneLine(reason(io)));
    }
    return new ErrorLine(
        ExitCode.UNEXPECTED,
        PlainText.oneLine(error + "") + " (unexpected; --verbose shows where)");
  }

  static String textOf(NHubException error) {
    String text = error.getMessage() + "";
    String advice = ADVICE.get(error.code());
    if (advice != null && text.endsWith(error.advice())) {
      text = text.substring(0, text.length() - error.advice().length()) + advice;
    }
    return PlainText.oneLine(text);
  }

  /** The reason in a file's error: many messages are only the file's name. */
  static String reason(IOException error) {
    if (error instanceof FileSystemException file && file.getReason() == null) {
      String kind =
          error instanceof AccessDeniedException
              ? "access denied; run as its owner, or change its permissions"
              : error
                  .getClass()
                  .getSimpleName()
                  .replaceFirst("Exception$", "")
                  .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                  .toLowerCase(Locale.ROOT);
      return file.getFile() + ": " + kind + ".";
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}
