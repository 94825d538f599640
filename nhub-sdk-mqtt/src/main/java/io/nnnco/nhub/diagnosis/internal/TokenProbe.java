package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.CallPhase;
import java.util.Map;
import java.util.Optional;

/** Whether the management API can be reached and accepts the token. Messages do not need it. */
final class TokenProbe implements Probe {
  private static final Map<ErrorCode, Explanation> EXPLANATIONS =
      Map.of(
          CoreErrorCode.API_AUTHENTICATION_FAILED,
          Explanation.of(
              FindingCode.TOKEN_REJECTED,
              "The management token is wrong, has expired, or belongs to another environment."),
          CoreErrorCode.API_PERMISSION_DENIED,
          Explanation.of(
              FindingCode.TOKEN_FORBIDDEN,
              "The token is right, but its user may not list certificates."),
          CoreErrorCode.API_NOT_FOUND,
          new Explanation(
              FindingCode.TOKEN_WRONG_ADDRESS,
              "A server responds at the API's address, but it does not have this API.",
              "Check the API's address: it ends in /api/v4/manage/."),
          CoreErrorCode.API_RATE_LIMITED,
          Explanation.of(
              FindingCode.TOKEN_RATE_LIMITED,
              "Some program calls the API too often, with this token or from this address."),
          CoreErrorCode.API_SERVER_ERROR,
          Explanation.of(
              FindingCode.TOKEN_SERVER_ERROR, "N-Hub's management API has a problem of its own."),
          CoreErrorCode.API_UNREADABLE_RESPONSE,
          Explanation.of(
              FindingCode.TOKEN_NOT_THE_API,
              "What responds is not the API: a proxy's or a log-in page, or another server."),
          CoreErrorCode.API_TIMEOUT,
          Explanation.of(
              FindingCode.TOKEN_API_TIMEOUT,
              "The API accepts the call and does not respond, or a firewall drops packets."),
          CoreErrorCode.API_UNEXPECTED_STATUS,
          Explanation.of(
              FindingCode.TOKEN_UNEXPECTED_STATUS,
              "The API's address leads to something else, such as a redirect to a log-in page."));

  @Override
  public void examine(Evidence evidence) {
    if (evidence.subject().management() == null) {
      evidence.skipped(
          FindingCode.TOKEN_SKIPPED, "no management token: the platform's list was not looked at");
      return;
    }
    Optional<ApiVisit.Listing> listing = evidence.api().listing(evidence.left());
    if (listing.isEmpty()) {
      evidence.fault(
          explanation(CoreErrorCode.API_TIMEOUT),
          "No response from " + evidence.subject().nhub().api() + " in time.");
      return;
    }
    RuntimeException error = listing.get().error();
    if (error == null) {
      evidence.ok(
          FindingCode.TOKEN_OK,
          "accepted; it lists " + listing.get().certificates().size() + " certificates");
    } else if (error instanceof NHubException known) {
      judge(evidence, known);
    } else {
      evidence.fault(
          new Explanation(
              FindingCode.TOKEN_UNAVAILABLE,
              "The application's own source of tokens failed.",
              "Look into the application's TokenProvider, or what it asks: a vault, a file."),
          error.getClass().getSimpleName() + " was thrown.");
    }
  }

  private static void judge(Evidence evidence, NHubException error) {
    if (error.code() == CoreErrorCode.API_RATE_LIMITED) {
      evidence.warning(explanation(error.code()), Problems.of(error));
    } else if (error instanceof ApiConnectionException connection
        && error.code() == CoreErrorCode.API_CONNECTION_FAILED) {
      evidence.fault(unreachable(connection), Problems.of(error));
    } else {
      evidence.fault(explanation(error.code()), Problems.of(error));
    }
  }

  private static Explanation unreachable(ApiConnectionException error) {
    return error.phase() == CallPhase.TLS
        ? new Explanation(
            FindingCode.TOKEN_API_UNTRUSTED,
            "A proxy on the way opens TLS, or the API has a certificate of a private CA.",
            error.advice())
        : new Explanation(
            FindingCode.TOKEN_API_UNREACHABLE,
            "Nothing accepts connections at the API's address, or the connection broke.",
            error.advice());
  }

  private static Explanation explanation(ErrorCode code) {
    Explanation known = EXPLANATIONS.get(code);
    return known == null
        ? new Explanation(
            FindingCode.TOKEN_UNEXPECTED_STATUS,
            "The call of the API failed in a way of its own.",
            code.advice())
        : known;
  }
}
