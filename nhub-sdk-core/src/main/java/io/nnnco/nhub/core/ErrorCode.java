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
          + " not affected.");

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
