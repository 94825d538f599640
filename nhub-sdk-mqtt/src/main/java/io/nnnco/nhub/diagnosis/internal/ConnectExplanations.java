package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.ServerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;

/** Why a bridge did not let a client in, and what to do. */
final class ConnectExplanations {
  private static final String NEW_CERTIFICATE =
      "Issue a new certificate (nhub certs issue) and give it to the client: a revoked one never"
          + " works again.";

  private ConnectExplanations() {}

  static Explanation of(StreamException failure, boolean certificatePresented) {
    if (failure instanceof ClientCertificateRejectedException rejected) {
      return certificatePresented
          ? ofAlert(rejected.alert())
          : new Explanation(
              FindingCode.CONNECT_CERTIFICATE_REQUIRED,
              "This port of the bridge accepts client certificates only, and the client has a user"
                  + " name and a token.",
              failure.advice());
    }
    if (failure instanceof ServerException refused) {
      return ofReason(refused.reasonCode());
    }
    return ofError(failure);
  }

  private static Explanation ofAlert(String alert) {
    return switch (alert) {
      case "certificate_revoked" ->
          new Explanation(
              FindingCode.CONNECT_ALERT_REVOKED,
              "Somebody has revoked the client certificate.",
              NEW_CERTIFICATE);
      case "certificate_expired" ->
          new Explanation(
              FindingCode.CONNECT_ALERT_EXPIRED,
              "By the bridge's clock, the client certificate has expired.",
              "Issue a new certificate; if this one seems to be in date, check this machine's clock.");
      case "unknown_ca" ->
          new Explanation(
              FindingCode.CONNECT_ALERT_UNKNOWN_CA,
              "The client certificate comes from a CA that this bridge does not know: most often that"
                  + " of another environment.",
              "Use the certificate that this environment has issued, or issue one there.");
      default ->
          Explanation.of(
              FindingCode.CONNECT_ALERT_REJECTED,
              "The bridge rejects the client certificate: revoked, expired, unknown, or of another"
                  + " environment. With a management token, the doctor can tell which.");
    };
  }

  private static Explanation ofReason(ReasonCode reason) {
    FindingCode code =
        switch (reason) {
          case SERVER_BUSY -> FindingCode.CONNECT_BUSY;
          case SERVER_UNAVAILABLE, SERVER_SHUTTING_DOWN -> FindingCode.CONNECT_UNAVAILABLE;
          case QUOTA_EXCEEDED -> FindingCode.CONNECT_QUOTA;
          case CONNECTION_RATE_EXCEEDED, MESSAGE_RATE_TOO_HIGH -> FindingCode.CONNECT_TOO_OFTEN;
          case BANNED -> FindingCode.CONNECT_BANNED;
          case SERVER_MOVED, USE_ANOTHER_SERVER -> FindingCode.CONNECT_MOVED;
          case UNSUPPORTED_PROTOCOL_VERSION -> FindingCode.CONNECT_WRONG_VERSION;
          default -> FindingCode.CONNECT_REFUSED;
        };
    return switch (code) {
      case CONNECT_BUSY ->
          explain(code, "The bridge has more to do than it can.", "Wait; the SDK reconnects.");
      case CONNECT_UNAVAILABLE ->
          explain(
              code,
              "The bridge is being deployed, or is down for a while.",
              "Wait some minutes; the SDK reconnects. Then check N-Hub's status.");
      case CONNECT_QUOTA ->
          explain(
              code,
              "This enterprise or API key has as many connections as it may have.",
              "Close connections that are not needed, or ask N-Hub's support for a larger quota.");
      case CONNECT_TOO_OFTEN ->
          explain(
              code,
              "Some process connects again and again, perhaps in a restart loop.",
              "Look for a process that keeps restarting; then wait, the SDK reconnects.");
      case CONNECT_BANNED ->
          explain(code, "An administrator has banned this client.", "Ask N-Hub's support why.");
      case CONNECT_MOVED ->
          explain(
              code,
              "The bridge's host name has changed.",
              "Ask N-Hub's support for the new host, and change the environment.");
      case CONNECT_WRONG_VERSION ->
          explain(code, "The bridge speaks another version of MQTT.", reason.advice());
      default ->
          explain(
              code,
              "The bridge refuses with " + reason + ".",
              reason.advice() + " If it repeats, tell N-Hub's support.");
    };
  }

  private static Explanation explain(FindingCode code, String cause, String fix) {
    return new Explanation(code, cause, fix);
  }

  private static Explanation ofError(StreamException failure) {
    ErrorCode error = failure.code();
    if (error == StreamErrorCode.BAD_CREDENTIALS) {
      return Explanation.of(
          FindingCode.CONNECT_BAD_CREDENTIALS,
          "The user name is not that of an API key, or the token is not the key's.");
    } else if (error == StreamErrorCode.NOT_AUTHORIZED) {
      return Explanation.of(
          FindingCode.CONNECT_NOT_AUTHORIZED,
          "The API key is not active, or the platform does not accept its certificate any more. With"
              + " a management token, the doctor can tell which.");
    } else if (error == StreamErrorCode.CERTIFICATE_REVOKED) {
      return explain(
          FindingCode.CONNECT_REVOKED,
          "Somebody has revoked the client certificate.",
          NEW_CERTIFICATE);
    } else if (error == StreamErrorCode.CONNECTION_LOST) {
      return explain(
          FindingCode.CONNECT_DROPPED,
          "The bridge, or something before it, hangs up without a word.",
          failure.advice());
    } else if (error == StreamErrorCode.PROTOCOL_VIOLATION
        || error == StreamErrorCode.PACKET_TOO_LARGE) {
      return explain(
          FindingCode.CONNECT_NOT_MQTT,
          "The server has the right certificate, but does not speak MQTT at this port.",
          failure.advice());
    }
    return explain(
        FindingCode.CONNECT_FAILED, "The attempt failed inside this program.", failure.advice());
  }
}
