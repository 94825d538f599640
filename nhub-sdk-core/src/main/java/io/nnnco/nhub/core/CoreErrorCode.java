package io.nnnco.nhub.core;

/** The codes of messages, identities, the management API and recordings. */
public enum CoreErrorCode implements ErrorCode {
  /** A device message is not the JSON that the platform documents. */
  MALFORMED_MESSAGE(
      "NHUB-MSG-001",
      Responsible.PLATFORM,
      false,
      "Keep the raw bytes and report them to N-Hub's support with the topic; other "
          + "messages are not affected."),
  /** PEM text that is truncated, damaged, or not PEM at all. */
  IDENTITY_PEM_MALFORMED(
      "NHUB-ID-001",
      Responsible.CONFIGURATION,
      false,
      "Copy the text again from where it was issued: each block from its BEGIN line to "
          + "its END line, as text, not DER or PKCS#12."),
  /** Well-formed PEM of the wrong kind, such as a certificate instead of the key. */
  IDENTITY_PEM_UNEXPECTED(
      "NHUB-ID-002",
      Responsible.CONFIGURATION,
      false,
      "Check that each text is in its place: client.crt holds certificate_pem, client.key "
          + "private_key_pem, ca.crt ca_certificate_pem."),
  /** A private key is encrypted, and there is no password. */
  IDENTITY_KEY_PASSWORD_REQUIRED(
      "NHUB-ID-003",
      Responsible.CONFIGURATION,
      false,
      "Pass the key's password, or decrypt the key with openssl pkey -in client.key -out "
          + "client.key.plain."),
  /** The password does not decrypt the private key. */
  IDENTITY_KEY_PASSWORD_WRONG(
      "NHUB-ID-004",
      Responsible.CONFIGURATION,
      false,
      "Pass the password with which the key was encrypted; openssl pkey -in client.key "
          + "-noout checks a password."),
  /** A private key, or its encryption, of a kind that is not supported. */
  IDENTITY_KEY_UNSUPPORTED(
      "NHUB-ID-005",
      Responsible.CONFIGURATION,
      false,
      "Use an EC key on P-256, P-384 or P-521 or an RSA key, plain or encrypted with AES; "
          + "N-Hub issues EC keys."),
  /** A private key that does not belong to the certificate. */
  IDENTITY_KEY_MISMATCH(
      "NHUB-ID-006",
      Responsible.CONFIGURATION,
      false,
      "Use the key and the certificate of the same response. A lost key cannot be "
          + "recovered: issue a new certificate and revoke this one."),
  /** A client certificate that the given CA did not issue. */
  IDENTITY_UNTRUSTED(
      "NHUB-ID-007",
      Responsible.CONFIGURATION,
      false,
      "Use the ca_certificate_pem that came with this certificate, and add any "
          + "intermediate certificates to the client certificate."),
  /** A certificate that has expired. */
  IDENTITY_EXPIRED(
      "NHUB-ID-008",
      Responsible.CONFIGURATION,
      false,
      "Issue a new certificate, or, if it is the CA's that expired, get the current CA "
          + "certificate. If the date is unexpected, check this machine's clock."),
  /** A certificate that is not valid yet. */
  IDENTITY_NOT_YET_VALID(
      "NHUB-ID-009",
      Responsible.CONFIGURATION,
      false,
      "Check this machine's clock and its time synchronisation first; otherwise wait for "
          + "the date, or issue a new certificate."),
  /** A file of the identity, or its directory, does not exist. */
  IDENTITY_FILE_MISSING(
      "NHUB-ID-010",
      Responsible.CONFIGURATION,
      false,
      "Check the path; a relative path starts at the working directory. An identity has "
          + "client.crt, client.key and ca.crt."),
  /** A file of the identity exists but cannot be read. */
  IDENTITY_FILE_UNREADABLE(
      "NHUB-ID-011",
      Responsible.CONFIGURATION,
      false,
      "Run as the owner of this file or directory, or chown it to the user this program "
          + "runs as; the key should have mode 600."),
  /** An identity cannot be saved in this directory. */
  IDENTITY_DIRECTORY_NOT_WRITABLE(
      "NHUB-ID-012",
      Responsible.CONFIGURATION,
      false,
      "Give the directory to the user this program runs as (chown, chmod 700), free space "
          + "on its disk, or choose another directory."),
  /** An identity could not be written; the directory's previous content is unchanged. */
  IDENTITY_NOT_SAVED(
      "NHUB-ID-013",
      Responsible.CONFIGURATION,
      false,
      "Fix the cause, and save again while the identity is in memory: the platform does "
          + "not return the key a second time."),
  /** The Java runtime lacks an algorithm that an identity needs, such as elliptic curves. */
  RUNTIME_INCOMPLETE(
      "NHUB-ID-014",
      Responsible.CONFIGURATION,
      false,
      "Use a full JRE, or add the missing module to jlink's --add-modules: up to Java 21, "
          + "elliptic curves are in jdk.crypto.ec. Otherwise check the security.provider lines "
          + "of java.security."),
  /** A certificate that is due was not renewed, because of an exception of the application. */
  IDENTITY_NOT_RENEWED(
      "NHUB-ID-015",
      Responsible.APPLICATION,
      true,
      "Look at the cause: your token provider or interceptor failed, or the Management was closed. "
          + "The SDK retries."),
  /** The platform refused fields of the request (HTTP 400). */
  API_INVALID_REQUEST(
      "NHUB-API-001",
      Responsible.APPLICATION,
      false,
      "Correct the fields named here; nothing was created."),
  /** The token is missing, wrong or expired (HTTP 401). */
  API_AUTHENTICATION_FAILED(
      "NHUB-API-002",
      Responsible.CONFIGURATION,
      false,
      "Check that the token is complete, not expired, and belongs to this environment."),
  /** The token has no permission for this call (HTTP 403). */
  API_PERMISSION_DENIED(
      "NHUB-API-003",
      Responsible.CONFIGURATION,
      false,
      "Ask your N-Hub administrator for this permission, or use another token."),
  /** The object does not exist, or belongs to another enterprise (HTTP 404). */
  API_NOT_FOUND(
      "NHUB-API-004",
      Responsible.APPLICATION,
      false,
      "Check the id, and that the token belongs to the enterprise that owns it."),
  /** More calls than N-Hub allows (HTTP 429). */
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
      "Retry later. If the error persists, give N-Hub's support the path, the time and "
          + "the request id."),
  /** A successful response that is not the documented JSON: a proxy's page, a truncated body. */
  API_UNREADABLE_RESPONSE(
      "NHUB-API-007",
      Responsible.PLATFORM,
      true,
      "Check that the API's address is right, and that no proxy responds in its place."),
  /** A response with a status that the API does not document, such as a redirect. */
  API_UNEXPECTED_STATUS(
      "NHUB-API-008",
      Responsible.CONFIGURATION,
      true,
      "Check the API's address and any proxy before it. The SDK never follows redirects, "
          + "so that the token stays with its origin."),
  /** The API could not be reached, or the connection broke before the response was complete. */
  API_CONNECTION_FAILED(
      "NHUB-API-009",
      Responsible.NETWORK,
      true,
      "Check the API's address, and DNS, proxies and firewalls on the way to it."),
  /** No complete response within the time limit. */
  API_TIMEOUT(
      "NHUB-API-010",
      Responsible.NETWORK,
      true,
      "Check the network and N-Hub's status, or allow the call more time."),
  /** The call was interrupted, or the management client was closed. */
  API_CANCELLED(
      "NHUB-API-011",
      Responsible.APPLICATION,
      false,
      "If you meant to stop it, do nothing. Otherwise do not interrupt the thread, and "
          + "close the client only after the last call."),
  /** The API key already has its 10 active certificates. */
  API_CERTIFICATE_LIMIT(
      "NHUB-API-012",
      Responsible.CONFIGURATION,
      false,
      "Revoke a certificate that is no longer used, then issue again."),
  /** A certificate was requested, and the outcome is not known. */
  API_UNFINISHED_ISSUE(
      "NHUB-API-013",
      Responsible.NETWORK,
      true,
      "Call certificates().recover(directory): it revokes any lost certificate and issues "
          + "a new one."),
  /** A trust store of this Java runtime cannot be used. */
  API_TRUST_STORE(
      "NHUB-API-015",
      Responsible.CONFIGURATION,
      false,
      "Correct -Djavax.net.ssl.trustStore, trustStorePassword and trustStoreType, or pass "
          + "your own HTTP client with httpClient(...)."),
  /** The file that records an unfinished issue cannot be written or read. */
  API_INTENT_FILE(
      "NHUB-API-014",
      Responsible.CONFIGURATION,
      false,
      "Make the directory and its file .issue-intent readable and writable for this "
          + "process, and for no other user."),
  /** A recording cannot be read, or the file is none. */
  RECORDING_UNUSABLE(
      "NHUB-REC-001",
      Responsible.CONFIGURATION,
      false,
      "Check the path, and that the file was written by nhub record or a RecordingWriter."),
  /** A recording of a format that is newer than this SDK. */
  RECORDING_NEWER(
      "NHUB-REC-002",
      Responsible.CONFIGURATION,
      false,
      "Use a newer version of the SDK; the recording is unharmed."),
  /** A recording cannot be written, for example because the disk is full. */
  RECORDING_NOT_WRITTEN(
      "NHUB-REC-003",
      Responsible.CONFIGURATION,
      false,
      "Make room on the disk, or choose another directory that this program may write to; a "
          + "recording goes on at its end."),
  /** Somebody else is writing a recording. */
  RECORDING_BUSY(
      "NHUB-REC-004",
      Responsible.CONFIGURATION,
      false,
      "Give each program a file of its own, or end the other one."),
  /** A recording cannot be continued with this redaction, or without one. */
  RECORDING_OTHER_REDACTION(
      "NHUB-REC-005",
      Responsible.CONFIGURATION,
      false,
      "Go on with the key with which it was begun, or record into another file."),
  /** The file with the key of a redaction cannot be used. */
  RECORDING_KEY(
      "NHUB-REC-006",
      Responsible.CONFIGURATION,
      false,
      "Name a file that this program may read, or one that does not exist: it is then created.");

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
