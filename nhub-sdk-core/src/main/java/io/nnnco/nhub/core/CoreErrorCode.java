package io.nnnco.nhub.core;

/** The codes of messages, identities and the management API. */
public enum CoreErrorCode implements ErrorCode {
  /** A device message that is not the JSON the platform documents (rule M13). */
  MALFORMED_MESSAGE(
      "NHUB-MSG-001",
      Responsible.PLATFORM,
      false,
      "Keep the raw bytes and report them to N-Hub's support with the topic; other messages are"
          + " not affected."),
  /** PEM text that is cut off, damaged, or no PEM at all. */
  IDENTITY_PEM_MALFORMED(
      "NHUB-ID-001",
      Responsible.CONFIGURATION,
      false,
      "Take the text again from where it was issued: each block from its BEGIN line"
          + " to its END line, as text, not DER or PKCS#12."),
  /**
   * Well-formed PEM of another kind than was asked for, such as a certificate in the place of the
   * key.
   */
  IDENTITY_PEM_UNEXPECTED(
      "NHUB-ID-002",
      Responsible.CONFIGURATION,
      false,
      "Check which of the three texts went where: client.crt holds certificate_pem,"
          + " client.key private_key_pem, ca.crt ca_certificate_pem."),
  /** An encrypted private key without its password. */
  IDENTITY_KEY_PASSWORD_REQUIRED(
      "NHUB-ID-003",
      Responsible.CONFIGURATION,
      false,
      "Give the key's password, or decrypt the key with openssl pkey -in client.key"
          + " -out client.key.plain."),
  /** A private key that its password does not open. */
  IDENTITY_KEY_PASSWORD_WRONG(
      "NHUB-ID-004",
      Responsible.CONFIGURATION,
      false,
      "Give the password the key was encrypted with; openssl pkey -in client.key"
          + " -noout tells whether it is the right one."),
  /** A private key, or its encryption, of a kind that is not supported. */
  IDENTITY_KEY_UNSUPPORTED(
      "NHUB-ID-005",
      Responsible.CONFIGURATION,
      false,
      "Use an EC key on P-256, P-384 or P-521 or an RSA key, plain or encrypted"
          + " with AES; N-Hub issues EC keys."),
  /** A private key that belongs to another certificate. */
  IDENTITY_KEY_MISMATCH(
      "NHUB-ID-006",
      Responsible.CONFIGURATION,
      false,
      "Use the key and the certificate of one and the same answer; a lost key"
          + " cannot be had again, so issue a new certificate and revoke this one."),
  /** A client certificate that was not issued by the given CA. */
  IDENTITY_UNTRUSTED(
      "NHUB-ID-007",
      Responsible.CONFIGURATION,
      false,
      "Use the ca_certificate_pem that came with this certificate, and add any"
          + " certificates in between to the client certificate."),
  /** A certificate past its last day (rule M7). */
  IDENTITY_EXPIRED(
      "NHUB-ID-008",
      Responsible.CONFIGURATION,
      false,
      "Issue a new certificate, or take the current CA certificate if it is the"
          + " CA's that expired; check this machine's clock if the date surprises."),
  /** A certificate before its first day. */
  IDENTITY_NOT_YET_VALID(
      "NHUB-ID-009",
      Responsible.CONFIGURATION,
      false,
      "Check this machine's clock and its time synchronisation first; otherwise"
          + " wait for the date, or issue a new certificate."),
  /** A file of the identity, or its directory, that is not there. */
  IDENTITY_FILE_MISSING(
      "NHUB-ID-010",
      Responsible.CONFIGURATION,
      false,
      "Check the path, which is taken from the working directory unless it is"
          + " absolute; an identity has client.crt, client.key and ca.crt."),
  /** A file of the identity that is there and cannot be read. */
  IDENTITY_FILE_UNREADABLE(
      "NHUB-ID-011",
      Responsible.CONFIGURATION,
      false,
      "Run as the owner of this file or directory, or chown it to the user this program runs as;"
          + " the key should have mode 600."),
  /** A directory in which an identity could not be saved. */
  IDENTITY_DIRECTORY_NOT_WRITABLE(
      "NHUB-ID-012",
      Responsible.CONFIGURATION,
      false,
      "Give the directory to the user this program runs as (chown, chmod 700), free"
          + " space on its disk, or choose another one."),
  /**
   * An identity that could not be written; what was in the directory before is still there, whole.
   */
  IDENTITY_NOT_SAVED(
      "NHUB-ID-013",
      Responsible.CONFIGURATION,
      false,
      "Mend the cause and save again while the identity is in memory: the platform"
          + " does not give the key a second time."),
  /** A Java runtime without an algorithm that an identity needs: elliptic curves, for one. */
  RUNTIME_INCOMPLETE(
      "NHUB-ID-014",
      Responsible.CONFIGURATION,
      false,
      "Use a full JRE, or add the missing module to jlink's --add-modules: up to Java 21, elliptic"
          + " curves are in jdk.crypto.ec; else see the security.provider lines of java.security."),
  /** A request whose fields were refused (HTTP 400, rules R2 and R5). */
  API_INVALID_REQUEST(
      "NHUB-API-001",
      Responsible.APPLICATION,
      false,
      "Correct the fields named here; nothing was made."),
  /** A token that is missing, wrong or expired (HTTP 401, rule R2). */
  API_AUTHENTICATION_FAILED(
      "NHUB-API-002",
      Responsible.CONFIGURATION,
      false,
      "Check that the token is complete, not expired, and belongs to this environment."),
  /** A token without the permission for this call (HTTP 403, rule R2). */
  API_PERMISSION_DENIED(
      "NHUB-API-003",
      Responsible.CONFIGURATION,
      false,
      "Ask your N-Hub administrator for this permission, or use another token."),
  /** Something that does not exist, or belongs to another enterprise (HTTP 404, rule R9). */
  API_NOT_FOUND(
      "NHUB-API-004",
      Responsible.APPLICATION,
      false,
      "Check the id, and that the token belongs to the enterprise that owns it."),
  /** More calls than N-Hub allows (HTTP 429, rule R10). */
  API_RATE_LIMITED(
      "NHUB-API-005",
      Responsible.APPLICATION,
      true,
      "Call less often, or allow the call more time and attempts."),
  /** A failure inside N-Hub or a proxy before it (HTTP 5xx). */
  API_SERVER_ERROR(
      "NHUB-API-006",
      Responsible.PLATFORM,
      true,
      "Try again later; if it stays, give N-Hub's support the path, the time and the request id."),
  /** A successful answer that is not the documented JSON: a proxy's page, a cut body. */
  API_UNREADABLE_RESPONSE(
      "NHUB-API-007",
      Responsible.PLATFORM,
      true,
      "Check that the API's address is right and that no proxy answers in its place."),
  /** An answer with a status that the API does not document, a redirect for one. */
  API_UNEXPECTED_STATUS(
      "NHUB-API-008",
      Responsible.CONFIGURATION,
      true,
      "Check the API's address and any proxy before it. Redirects are never followed, so that the"
          + " token stays at its origin."),
  /** The API could not be reached, or the connection broke before the whole answer was there. */
  API_CONNECTION_FAILED(
      "NHUB-API-009",
      Responsible.NETWORK,
      true,
      "Check the API's address, DNS, proxy and firewall on the way to it."),
  /** No complete answer within the time allowed. */
  API_TIMEOUT(
      "NHUB-API-010",
      Responsible.NETWORK,
      true,
      "Check the network and N-Hub's status, or allow the call more time."),
  /** A call that was interrupted, or cut off by closing the management client. */
  API_CANCELLED(
      "NHUB-API-011",
      Responsible.APPLICATION,
      false,
      "Nothing to mend, if the stop was intended; else do not interrupt the thread, and close only"
          + " after the last call."),
  /** The API key already has its 10 active certificates (rule R6). */
  API_CERTIFICATE_LIMIT(
      "NHUB-API-012",
      Responsible.CONFIGURATION,
      false,
      "Revoke a certificate that is no longer used, then issue again."),
  /** A certificate was asked for and it is not known what came of it. */
  API_UNFINISHED_ISSUE(
      "NHUB-API-013",
      Responsible.NETWORK,
      true,
      "Call certificates().recover(directory): it revokes what was lost and issues again."),
  /** A trust store of this Java runtime that cannot be used. */
  API_TRUST_STORE(
      "NHUB-API-015",
      Responsible.CONFIGURATION,
      false,
      "Correct -Djavax.net.ssl.trustStore, trustStorePassword and trustStoreType, or give an HTTP client of yours with httpClient(...)."),
  /** The file that remembers an unfinished issue cannot be written or read. */
  API_INTENT_FILE(
      "NHUB-API-014",
      Responsible.CONFIGURATION,
      false,
      "Make the directory and its file .issue-intent readable and writable for this process, and"
          + " for nobody else.");

  private final String id;
  private final Responsible responsible;
  private final boolean isTransient;
  private final String advice;

  CoreErrorCode(String id, Responsible responsible, boolean isTransient, String advice) {
    this.id = id;
    this.responsible = responsible;
    this.isTransient = isTransient;
    this.advice = advice;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Responsible responsible() {
    return responsible;
  }

  @Override
  public String advice() {
    return advice;
  }

  @Override
  public boolean isTransient() {
    return isTransient;
  }
}
