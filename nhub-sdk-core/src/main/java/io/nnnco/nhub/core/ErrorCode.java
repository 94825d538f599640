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
  MISSING_CREDENTIALS(
      "NHUB-AUTH-001",
      Responsible.APPLICATION,
      "Pass a ClientIdentity or a UsernamePassword to NHubClient.builder(...).credentials(...)."),
  /** The bridge does not know the username, or the token is wrong (rules M4 and M5). */
  BAD_CREDENTIALS(
      "NHUB-AUTH-002",
      Responsible.CONFIGURATION,
      "Check the API key's username and token; the token is shown only once, when the API key is created, so make a new key if it is lost."),
  /** The bridge knows who connects and refuses (rules M3 and M5). */
  NOT_AUTHORIZED(
      "NHUB-AUTH-003",
      Responsible.CONFIGURATION,
      "Check that the API key is active and belongs to the enterprise, and that the certificate was issued by this environment and is not revoked."),
  /** The bridge says that the client certificate is revoked (rule M6). */
  CERTIFICATE_REVOKED(
      "NHUB-AUTH-004",
      Responsible.CONFIGURATION,
      "Issue a new certificate with certificates().issue(...) and give it to the client; a revoked one never works again."),
  /**
   * The bridge refused a topic filter, or granted it less than was asked for (rules M11 and M12).
   */
  SUBSCRIPTION_REFUSED(
      "NHUB-SUB-001",
      Responsible.CONFIGURATION,
      "Check the enterprise code with your administrator: a key may read its own enterprise only."),
  /** A shared group was asked for, and the bridge has no shared subscriptions. */
  SHARED_SUBSCRIPTIONS_MISSING(
      "NHUB-SUB-002",
      Responsible.CONFIGURATION,
      "Leave sharedGroup(...) out, and divide the work by devices or enterprises instead."),
  /** A wildcard was asked for, and the bridge has none. */
  WILDCARDS_MISSING(
      "NHUB-SUB-003",
      Responsible.CONFIGURATION,
      "Name the devices with devices(...), and the kinds with kinds(...), so that no wildcard is needed."),
  /** The bridge grants a lower QoS than was asked for. */
  QOS_MISSING(
      "NHUB-SUB-004",
      Responsible.CONFIGURATION,
      "Ask for QoS 0 with qos(Qos.AT_MOST_ONCE), if messages may be lost; else ask N-Hub's support for QoS 1."),
  /** The server's certificate does not chain to the platform CA (rule M2). */
  SERVER_NOT_TRUSTED(
      "NHUB-TLS-001",
      Responsible.CONFIGURATION,
      "Use the ca_certificate_pem of the certificate answer as ca.crt, not a system CA, and check that the host is the bridge of the same environment."),
  /** The server's certificate is trusted, and made out for another host name. */
  WRONG_HOST_NAME(
      "NHUB-TLS-002",
      Responsible.CONFIGURATION,
      "Connect by the name that the certificate carries, not by an address or an alias."),
  /** The server's certificate is out of date, or this machine's clock is wrong. */
  SERVER_CERTIFICATE_EXPIRED(
      "NHUB-TLS-003",
      Responsible.PLATFORM,
      "Check this machine's clock first; if it is right, tell N-Hub's support."),
  /** A TLS alert says that the client certificate is not accepted, or that none was shown. */
  CLIENT_CERTIFICATE_REJECTED(
      "NHUB-TLS-004",
      Responsible.CONFIGURATION,
      "Check that the certificate is of this environment, in date and not revoked; issue a new one if in doubt."),
  /** TLS could not be agreed on: no common protocol version or cipher, or not TLS at all. */
  TLS_FAILED(
      "NHUB-TLS-005",
      Responsible.NETWORK,
      "Check that host and port are those of the bridge (8883), that no proxy takes part in TLS, and that this Java runtime offers TLS 1.2 or 1.3."),
  /** The bridge's host name has no address. */
  HOST_NOT_FOUND(
      "NHUB-NET-001", Responsible.NETWORK, "Check the environment's name and this machine's DNS."),
  /** Nothing accepted the connection, or a firewall answered in its place. */
  CONNECTION_REFUSED(
      "NHUB-NET-002",
      Responsible.NETWORK,
      "Check host and port, and that this network lets TCP port 8883 out."),
  /** No connection within the deadline that spans DNS, TCP, a proxy, TLS, CONNECT and SUBSCRIBE. */
  CONNECT_TIMEOUT(
      "NHUB-NET-003",
      Responsible.NETWORK,
      "See which phase it names: DNS and TCP point to the network, PROXY to the proxy, TLS to a wrong port, a firewall or a proxy that opens TLS, CONNECT and SUBSCRIBE to the bridge."),
  /** The connection broke: reset, closed without a DISCONNECT, or an I/O error. */
  CONNECTION_LOST(
      "NHUB-NET-004",
      Responsible.NETWORK,
      "Nothing to do for a single one, the SDK connects again; look at the network or the bridge if they repeat."),
  /**
   * The bridge did not answer a ping in time: the connection is dead, though nobody closed it (rule
   * M10).
   */
  KEEP_ALIVE_TIMEOUT(
      "NHUB-NET-005",
      Responsible.NETWORK,
      "Nothing to do for a single one, the SDK connects again; a NAT or firewall that drops idle connections is cured by a shorter keep-alive."),
  /** The proxy has no address, or nothing accepts connections there. */
  PROXY_UNREACHABLE(
      "NHUB-PROXY-001",
      Responsible.NETWORK,
      "Check the proxy's host and port, and that this machine may connect to it."),
  /** The proxy wants to know who comes, and does not take what it was told (HTTP 407). */
  PROXY_AUTHENTICATION(
      "NHUB-PROXY-002",
      Responsible.CONFIGURATION,
      "Give the proxy's username and password with ProxyServer.withLogin(...); of an HTTP proxy's ways to log in only Basic is spoken."),
  /** The proxy does not let this client through to the bridge (such as HTTP 403). */
  PROXY_REFUSED(
      "NHUB-PROXY-003",
      Responsible.CONFIGURATION,
      "Ask those who run the proxy to allow CONNECT to this host and port; many allow port 443 alone."),
  /** The proxy could not reach the bridge (such as HTTP 502 and 504). */
  PROXY_TUNNEL(
      "NHUB-PROXY-004",
      Responsible.NETWORK,
      "Check the environment's host and port, and whether the proxy's network can resolve and reach them."),
  /** What answers in the place of the proxy does not speak as a proxy of its kind does. */
  PROXY_PROTOCOL(
      "NHUB-PROXY-005",
      Responsible.NETWORK,
      "Check that host and port are the proxy's, and that it is of this kind: HTTP (not HTTPS) or SOCKS 5."),
  /**
   * Another client connected with the same client id and took the session (MQTT 5, reason code
   * 0x8E; rule M16).
   */
  SESSION_TAKEN_OVER(
      "NHUB-CON-001",
      Responsible.CONFIGURATION,
      "Give each process a client id of its own, or use a shared subscription to divide the work."),
  /** The bridge answered CONNECT with another refusal. */
  SERVER_REFUSED("NHUB-CON-002", Responsible.PLATFORM, "See what its reason code says."),
  /** The bridge ended the connection with a DISCONNECT. */
  SERVER_DISCONNECTED("NHUB-CON-003", Responsible.PLATFORM, "See what its reason code says."),
  /** The server sent what MQTT does not allow. */
  PROTOCOL_VIOLATION(
      "NHUB-CON-004",
      Responsible.PLATFORM,
      "Check that host and port are those of the bridge; if so, tell N-Hub's support."),
  /** An attempt to connect failed inside this program: a defect, or no memory left. */
  LOCAL_FAILURE(
      "NHUB-CON-005",
      Responsible.SDK,
      "Look at the cause: if it is not a lack of memory or threads, report it with its stack trace as a defect of this SDK."),
  /** A handler failed for good, and the failure policy says to stop. */
  HANDLER_FAILED(
      "NHUB-HND-001",
      Responsible.APPLICATION,
      "Mend the handler, see the cause; the message was not acknowledged and comes again."),
  /** A handler took longer than the deadline for one message. */
  HANDLER_TIMEOUT(
      "NHUB-HND-002",
      Responsible.APPLICATION,
      "Make the handler faster or asynchronous, or allow it more time with handlerDeadline(...)."),

  // The dead-letter file.

  /** The dead-letter file has no room for another message within its bound. */
  DEAD_LETTER_FILE_FULL(
      "NHUB-DLQ-001",
      Responsible.APPLICATION,
      "Mend what makes messages fail, then empty the file with redrive(...) or move it away; or"
          + " allow it more with maxBytes(...)."),
  /** The dead-letter file is in use by another program, or elsewhere in this one. */
  DEAD_LETTER_FILE_BUSY(
      "NHUB-DLQ-002",
      Responsible.CONFIGURATION,
      "Give each process a file of its own, and open it once; redrive(...) it from within the"
          + " program that has it open."),
  /** The dead-letter file cannot be read or written. */
  DEAD_LETTER_FILE_UNUSABLE(
      "NHUB-DLQ-003",
      Responsible.CONFIGURATION,
      "Do what the message says; otherwise check that its directory is there, belongs to the user"
          + " this program runs as, is not writable for others, and has free space."),

  // Identities: PEM, keys, dates, files.

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
      "Run as the owner of this file or directory, or chown it to the user this program runs as;"
          + " the key should have mode 600."),
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
          + " does not give the key a second time."),
  /** A Java runtime without an algorithm that an identity needs: elliptic curves, for one. */
  RUNTIME_INCOMPLETE(
      "NHUB-ID-014",
      Responsible.CONFIGURATION,
      "Use a full JRE, or add the missing module to jlink's --add-modules: up to Java 21, elliptic"
          + " curves are in jdk.crypto.ec; else see the security.provider lines of java.security."),

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
      "Call certificates().recover(directory): it revokes what was lost and issues again."),
  /** A trust store of this Java runtime that cannot be used. */
  API_TRUST_STORE(
      "NHUB-API-015",
      Responsible.CONFIGURATION,
      "Correct -Djavax.net.ssl.trustStore, trustStorePassword and trustStoreType, or give an HTTP client of yours with httpClient(...)."),
  /** The file that remembers an unfinished issue cannot be written or read. */
  API_INTENT_FILE(
      "NHUB-API-014",
      Responsible.CONFIGURATION,
      "Make the directory and its file .issue-intent readable and writable for this process, and"
          + " for nobody else.");

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
    PLATFORM,
    /** This SDK, or the Java runtime under it. */
    SDK
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
