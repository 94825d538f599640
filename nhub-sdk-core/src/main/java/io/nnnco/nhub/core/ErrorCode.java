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

  // The stream: credentials, subscription, TLS, network, connection, handlers.

  /** A subscription was asked for, and the client was built without credentials for the bridge. */
  MISSING_CREDENTIALS("NHUB-AUTH-001", Responsible.APPLICATION, "Pass a ClientIdentity or a UsernamePassword to NHubClient.builder(...).credentials(...)."),

  /** The bridge does not know the username, or the token is wrong (rules M4 and M5). */
  BAD_CREDENTIALS("NHUB-AUTH-002", Responsible.CONFIGURATION, "Check the API key's username and token; the token is shown only once, when the API key is created, so make a new key if it is lost."),

  /** The bridge knows who connects and refuses (rules M3 and M5). */
  NOT_AUTHORIZED("NHUB-AUTH-003", Responsible.CONFIGURATION, "Check that the API key is active and belongs to the enterprise, and that the certificate was issued by this environment and is not revoked."),

  /** The bridge says that the client certificate is revoked (rule M6). */
  CERTIFICATE_REVOKED("NHUB-AUTH-004", Responsible.CONFIGURATION, "Issue a new certificate with certificates().issue(...) and give it to the client; a revoked one never works again."),

  /** The bridge refused a topic filter, or granted it less than was asked for (rules M11 and M12). */
  SUBSCRIPTION_REFUSED("NHUB-SUB-001", Responsible.CONFIGURATION, "Check the enterprise code with your administrator: a key may read its own enterprise only."),

  /** The server's certificate does not chain to the platform CA (rule M2). */
  SERVER_NOT_TRUSTED("NHUB-TLS-001", Responsible.CONFIGURATION, "Use the ca_certificate_pem of the certificate answer as ca.crt, not a system CA, and check that the host is the bridge of the same environment."),

  /** The server's certificate is trusted, and made out for another host name. */
  WRONG_HOST_NAME("NHUB-TLS-002", Responsible.CONFIGURATION, "Connect by the name that the certificate carries, not by an address or an alias."),

  /** The server's certificate is out of date, or this machine's clock is wrong. */
  SERVER_CERTIFICATE_EXPIRED("NHUB-TLS-003", Responsible.PLATFORM, "Check this machine's clock first; if it is right, tell N-Hub's support."),

  /** The bridge ended the TLS handshake with an alert about the client certificate. */
  CLIENT_CERTIFICATE_REJECTED("NHUB-TLS-004", Responsible.CONFIGURATION, "Check that the certificate is of this environment, in date and not revoked; issue a new one if in doubt."),

  /** TLS could not be agreed on: no common protocol version or cipher, or not TLS at all. */
  TLS_FAILED("NHUB-TLS-005", Responsible.NETWORK, "Check that host and port are those of the bridge (8883), that no proxy takes part in TLS, and that this Java runtime offers TLS 1.2 or 1.3."),

  /** The bridge's host name has no address. */
  HOST_NOT_FOUND("NHUB-NET-001", Responsible.NETWORK, "Check the environment's name and this machine's DNS."),

  /** Nothing accepted the connection, or a firewall answered in its place. */
  CONNECTION_REFUSED("NHUB-NET-002", Responsible.NETWORK, "Check host and port, and that this network lets TCP port 8883 out."),

  /** No connection within the deadline that spans DNS, TCP, TLS, CONNECT and SUBSCRIBE. */
  CONNECT_TIMEOUT("NHUB-NET-003", Responsible.NETWORK, "See which phase it names: DNS and TCP point to the network, TLS to a proxy or firewall, CONNECT and SUBSCRIBE to the bridge."),

  /** The connection broke: reset, closed without a DISCONNECT, or an I/O error. */
  CONNECTION_LOST("NHUB-NET-004", Responsible.NETWORK, "Nothing to do for a single one, the SDK connects again; look at the network or the bridge if they repeat."),

  /** The bridge did not answer a ping in time: the connection is dead, though nobody closed it (rule M10). */
  KEEP_ALIVE_TIMEOUT("NHUB-NET-005", Responsible.NETWORK, "Nothing to do for a single one, the SDK connects again; a NAT or firewall that drops idle connections is cured by a shorter keep-alive."),

  /** Another client connected with the same client id and took the session (MQTT 5, reason code 0x8E; rule M16). */
  SESSION_TAKEN_OVER("NHUB-CON-001", Responsible.CONFIGURATION, "Give each process a client id of its own, or use a shared subscription to divide the work."),

  /** The bridge answered CONNECT with another refusal. */
  SERVER_REFUSED("NHUB-CON-002", Responsible.PLATFORM, "See what its reason code says."),

  /** The bridge ended the connection with a DISCONNECT. */
  SERVER_DISCONNECTED("NHUB-CON-003", Responsible.PLATFORM, "See what its reason code says."),

  /** The server sent what MQTT does not allow. */
  PROTOCOL_VIOLATION("NHUB-CON-004", Responsible.PLATFORM, "Check that host and port are those of the bridge; if so, tell N-Hub's support."),

  /** A handler failed for good, and the failure policy says to stop. */
  HANDLER_FAILED("NHUB-HND-001", Responsible.APPLICATION, "Mend the handler, see the cause; the message was not acknowledged and comes again."),

  /** A handler took longer than the deadline for one message. */
  HANDLER_TIMEOUT("NHUB-HND-002", Responsible.APPLICATION, "Make the handler faster or asynchronous, or allow it more time with handlerDeadline(...).");

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
