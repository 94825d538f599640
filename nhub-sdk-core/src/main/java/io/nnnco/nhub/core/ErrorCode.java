package io.nnnco.nhub.core;

/**
 * Every error this SDK can report, with a code that stays the same over versions. {@code
 * docs/errors.md} has an entry for each: cause, evidence, fix.
 */
public enum ErrorCode {
  /** A device message that is not the JSON the platform documents (rule M13). */
  MALFORMED_MESSAGE(
      "NHUB-MSG-001",
      Responsible.PLATFORM,
      "Keep the raw bytes and report them to N-Hub's support with the topic; other messages are"
          + " not affected."),

  // The management API.

  /** A request whose fields were refused (HTTP 400, rules R2 and R5). */
  API_INVALID_REQUEST(
      "NHUB-API-001", Responsible.APPLICATION, "Correct the fields named here; nothing was made."),
  /** A token that is missing, wrong or expired (HTTP 401, rule R2). */
  API_AUTHENTICATION_FAILED(
      "NHUB-API-002",
      Responsible.CONFIGURATION,
      "Check that the token is complete, not expired, and belongs to this environment."),
  /** A token without the permission for this call (HTTP 403, rule R2). */
  API_PERMISSION_DENIED(
      "NHUB-API-003",
      Responsible.CONFIGURATION,
      "Ask your N-Hub administrator for this permission, or use another token."),
  /** Something that does not exist, or belongs to another enterprise (HTTP 404, rule R9). */
  API_NOT_FOUND(
      "NHUB-API-004",
      Responsible.APPLICATION,
      "Check the id, and that the token belongs to the enterprise that owns it."),
  /** More calls than N-Hub allows (HTTP 429, rule R10). */
  API_RATE_LIMITED(
      "NHUB-API-005",
      Responsible.APPLICATION,
      "Call less often, or allow the call more time and attempts."),
  /** A failure inside N-Hub or a proxy before it (HTTP 5xx). */
  API_SERVER_ERROR(
      "NHUB-API-006",
      Responsible.PLATFORM,
      "Try again later; if it stays, give N-Hub's support the path, the time and the request id."),
  /** A successful answer that is not the documented JSON: a proxy's page, a cut body. */
  API_UNREADABLE_ANSWER(
      "NHUB-API-007",
      Responsible.PLATFORM,
      "Check that the API's address is right and that no proxy answers in its place."),
  /** An answer with a status that the API does not document, a redirect for one. */
  API_UNEXPECTED_STATUS(
      "NHUB-API-008",
      Responsible.CONFIGURATION,
      "Check the API's address and any proxy before it. Redirects are never followed, so that the"
          + " token stays at its origin."),
  /** The API could not be reached, or the connection broke before the whole answer was there. */
  API_CONNECTION_FAILED(
      "NHUB-API-009",
      Responsible.NETWORK,
      "Check the API's address, DNS, proxy and firewall on the way to it."),
  /** No complete answer within the time allowed. */
  API_TIMEOUT(
      "NHUB-API-010",
      Responsible.NETWORK,
      "Check the network and N-Hub's status, or allow the call more time."),
  /** A call that was interrupted, or cut off by closing the management client. */
  API_CANCELLED(
      "NHUB-API-011",
      Responsible.APPLICATION,
      "Nothing to mend, if the stop was intended; else do not interrupt the thread, and close only"
          + " after the last call."),
  /** The API key already has its 10 active certificates (rule R6). */
  API_CERTIFICATE_LIMIT(
      "NHUB-API-012",
      Responsible.CONFIGURATION,
      "Revoke a certificate that is no longer used, then issue again."),
  /** A certificate was asked for and it is not known what came of it. */
  API_UNFINISHED_ISSUE(
      "NHUB-API-013",
      Responsible.NETWORK,
      "Call certificates().recover(directory): it revokes what was lost and issues again.");

  private final String id;
  private final Responsible responsible;
  private final String advice;

  ErrorCode(String id, Responsible responsible, String advice) {
    this.id = id;
    this.responsible = responsible;
    this.advice = advice;
  }

  /** Whose doing an error is, which is where to mend it. */
  public enum Responsible {
    /** The application that uses the SDK: its arguments, its handler. */
    APPLICATION,
    /** What was configured: credentials, files, enterprise, addresses. */
    CONFIGURATION,
    /** The way between: DNS, TCP, proxies. */
    NETWORK,
    /** N-Hub itself. */
    PLATFORM
  }

  /**
   * The stable code.
   *
   * @return such as {@code NHUB-TLS-004}
   */
  public String id() {
    return id;
  }

  /**
   * Whose doing it is.
   *
   * @return the party that can mend it
   */
  public Responsible responsible() {
    return responsible;
  }

  /**
   * What to do about it.
   *
   * @return one or two sentences
   */
  public String advice() {
    return advice;
  }
}
