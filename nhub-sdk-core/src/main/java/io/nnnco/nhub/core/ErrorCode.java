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

  /** PEM text that is cut off, damaged, or no PEM at all. */
  IDENTITY_PEM_MALFORMED(
      "NHUB-ID-001",
      Responsible.CONFIGURATION,
      "Take the text again from where it was issued: each block from its BEGIN line"
          + " to its END line, as text, not DER or PKCS#12."),

  /**
   * Well-formed PEM of another kind than was asked for, such as a certificate in the place of the
   * key.
   */
  IDENTITY_PEM_UNEXPECTED(
      "NHUB-ID-002",
      Responsible.CONFIGURATION,
      "Check which of the three texts went where: client.crt holds certificate_pem,"
          + " client.key private_key_pem, ca.crt ca_certificate_pem."),

  /** An encrypted private key without its password. */
  IDENTITY_KEY_PASSWORD_REQUIRED(
      "NHUB-ID-003",
      Responsible.CONFIGURATION,
      "Give the key's password, or decrypt the key with openssl pkey -in client.key"
          + " -out client.key.plain."),

  /** A private key that its password does not open. */
  IDENTITY_KEY_PASSWORD_WRONG(
      "NHUB-ID-004",
      Responsible.CONFIGURATION,
      "Give the password the key was encrypted with; openssl pkey -in client.key"
          + " -noout tells whether it is the right one."),

  /** A private key, or its encryption, of a kind that is not supported. */
  IDENTITY_KEY_UNSUPPORTED(
      "NHUB-ID-005",
      Responsible.CONFIGURATION,
      "Use an EC key on P-256, P-384 or P-521 or an RSA key, plain or encrypted"
          + " with AES; N-Hub issues EC keys."),

  /** A private key that belongs to another certificate. */
  IDENTITY_KEY_MISMATCH(
      "NHUB-ID-006",
      Responsible.CONFIGURATION,
      "Use the key and the certificate of one and the same answer; a lost key"
          + " cannot be had again, so issue a new certificate and revoke this one."),

  /** A client certificate that was not issued by the given CA. */
  IDENTITY_UNTRUSTED(
      "NHUB-ID-007",
      Responsible.CONFIGURATION,
      "Use the ca_certificate_pem that came with this certificate, and add any"
          + " certificates in between to the client certificate."),

  /** A certificate past its last day (rule M7). */
  IDENTITY_EXPIRED(
      "NHUB-ID-008",
      Responsible.CONFIGURATION,
      "Issue a new certificate, or take the current CA certificate if it is the"
          + " CA's that expired; check this machine's clock if the date surprises."),

  /** A certificate before its first day. */
  IDENTITY_NOT_YET_VALID(
      "NHUB-ID-009",
      Responsible.CONFIGURATION,
      "Check this machine's clock and its time synchronisation first; otherwise"
          + " wait for the date, or issue a new certificate."),

  /** A file of the identity, or its directory, that is not there. */
  IDENTITY_FILE_MISSING(
      "NHUB-ID-010",
      Responsible.CONFIGURATION,
      "Check the path, which is taken from the working directory unless it is"
          + " absolute; an identity has client.crt, client.key and ca.crt."),

  /** A file of the identity that is there and cannot be read. */
  IDENTITY_FILE_UNREADABLE(
      "NHUB-ID-011",
      Responsible.CONFIGURATION,
      "Run as the owner of the file, or give that user the file with chown; the key"
          + " should have mode 600."),

  /** A directory in which an identity could not be saved. */
  IDENTITY_DIRECTORY_NOT_WRITABLE(
      "NHUB-ID-012",
      Responsible.CONFIGURATION,
      "Give the directory to the user this program runs as (chown, chmod 700), free"
          + " space on its disk, or choose another one."),

  /**
   * An identity that could not be written; what was in the directory before is still there, whole.
   */
  IDENTITY_NOT_SAVED(
      "NHUB-ID-013",
      Responsible.CONFIGURATION,
      "Mend the cause and save again while the identity is in memory: the platform"
          + " does not give the key a second time.");

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
