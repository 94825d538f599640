package io.nnnco.nhub.stream.error;

import io.nnnco.nhub.core.ErrorCode;

/** The codes of subscriptions: credentials, TLS, network, proxies, the bridge, handlers, files. */
public enum StreamErrorCode implements ErrorCode {
  /** A subscription was asked for, and the client was built without credentials for the bridge. */
  MISSING_CREDENTIALS(
      "NHUB-AUTH-001",
      Responsible.APPLICATION,
      Ending.FINAL,
      "Pass a ClientIdentity or a UsernamePassword to NHubClient.builder(...).credentials(...)."),
  /** The bridge does not know the username, or the token is wrong (rules M4 and M5). */
  BAD_CREDENTIALS(
      "NHUB-AUTH-002",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check the API key's username and token; the token is shown only once, when the API key is created, so make a new key if it is lost."),
  /** The bridge knows who connects and refuses (rules M3 and M5). */
  NOT_AUTHORIZED(
      "NHUB-AUTH-003",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check that the API key is active and belongs to the enterprise, and that the certificate was issued by this environment and is not revoked."),
  /** The bridge says that the client certificate is revoked (rule M6). */
  CERTIFICATE_REVOKED(
      "NHUB-AUTH-004",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Issue a new certificate with certificates().issue(...) and give it to the client; a revoked one never works again."),
  /**
   * The bridge refused a topic filter, or granted it less than was asked for (rules M11 and M12).
   */
  SUBSCRIPTION_REFUSED(
      "NHUB-SUB-001",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check the enterprise code with your administrator: a key may read its own enterprise only."),
  /** A shared group was asked for, and the bridge has no shared subscriptions. */
  SHARED_SUBSCRIPTIONS_MISSING(
      "NHUB-SUB-002",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Leave sharedGroup(...) out, and divide the work by devices or enterprises instead."),
  /** A wildcard was asked for, and the bridge has none. */
  WILDCARDS_MISSING(
      "NHUB-SUB-003",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Name the devices with devices(...), and the kinds with kinds(...), so that no wildcard is needed."),
  /** The bridge grants a lower QoS than was asked for. */
  QOS_MISSING(
      "NHUB-SUB-004",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Ask for QoS 0 with qos(Qos.AT_MOST_ONCE), if messages may be lost; else ask N-Hub's support for QoS 1."),
  /** The server's certificate does not chain to the platform CA (rule M2). */
  SERVER_NOT_TRUSTED(
      "NHUB-TLS-001",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Use the ca_certificate_pem of the certificate answer as ca.crt, not a system CA, and check that the host is the bridge of the same environment."),
  /** The server's certificate is trusted, and made out for another host name. */
  WRONG_HOST_NAME(
      "NHUB-TLS-002",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Connect by the name that the certificate carries, not by an address or an alias."),
  /** The server's certificate is out of date, or this machine's clock is wrong. */
  SERVER_CERTIFICATE_EXPIRED(
      "NHUB-TLS-003",
      Responsible.PLATFORM,
      Ending.RETRIED,
      "Check this machine's clock first; if it is right, tell N-Hub's support."),
  /** A TLS alert says that the client certificate is not accepted, or that none was shown. */
  CLIENT_CERTIFICATE_REJECTED(
      "NHUB-TLS-004",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check that the certificate is of this environment, in date and not revoked; issue a new one if in doubt."),
  /** TLS could not be agreed on: no common protocol version or cipher, or not TLS at all. */
  TLS_FAILED(
      "NHUB-TLS-005",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check that host and port are those of the bridge (8883), that no proxy takes part in TLS, and that this Java runtime offers TLS 1.2 or 1.3."),
  /** The bridge's host name has no address. */
  HOST_NOT_FOUND(
      "NHUB-NET-001",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check the environment's name and this machine's DNS."),
  /** Nothing accepted the connection, or a firewall answered in its place. */
  CONNECTION_REFUSED(
      "NHUB-NET-002",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check host and port, and that this network lets TCP port 8883 out."),
  /** No connection within the deadline that spans DNS, TCP, a proxy, TLS, CONNECT and SUBSCRIBE. */
  CONNECT_TIMEOUT(
      "NHUB-NET-003",
      Responsible.NETWORK,
      Ending.RETRIED,
      "See which phase it names: DNS and TCP point to the network, PROXY to the proxy, TLS to a wrong port, a firewall or a proxy that opens TLS, CONNECT and SUBSCRIBE to the bridge."),
  /** The connection broke: reset, closed without a DISCONNECT, or an I/O error. */
  CONNECTION_LOST(
      "NHUB-NET-004",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Nothing to do for a single one, the SDK connects again; look at the network or the bridge if they repeat."),
  /**
   * The bridge did not answer a ping in time: the connection is dead, though nobody closed it (rule
   * M10).
   */
  KEEP_ALIVE_TIMEOUT(
      "NHUB-NET-005",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Nothing to do for a single one, the SDK connects again; a NAT or firewall that drops idle connections is cured by a shorter keep-alive."),
  /** The proxy has no address, or nothing accepts connections there. */
  PROXY_UNREACHABLE(
      "NHUB-PROXY-001",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check the proxy's host and port, and that this machine may connect to it."),
  /** The proxy wants to know who comes, and does not take what it was told (HTTP 407). */
  PROXY_AUTHENTICATION(
      "NHUB-PROXY-002",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Give the proxy's username and password with ProxyServer.withLogin(...); of an HTTP proxy's ways to log in only Basic is spoken."),
  /** The proxy does not let this client through to the bridge (such as HTTP 403). */
  PROXY_REFUSED(
      "NHUB-PROXY-003",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Ask those who run the proxy to allow CONNECT to this host and port; many allow port 443 alone."),
  /** The proxy could not reach the bridge (such as HTTP 502 and 504). */
  PROXY_TUNNEL(
      "NHUB-PROXY-004",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check the environment's host and port, and whether the proxy's network can resolve and reach them."),
  /** What answers in the place of the proxy does not speak as a proxy of its kind does. */
  PROXY_PROTOCOL(
      "NHUB-PROXY-005",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check that host and port are the proxy's, and that it is of this kind: HTTP (not HTTPS) or SOCKS 5."),
  /**
   * Another client connected with the same client id and took the session (MQTT 5, reason code
   * 0x8E; rule M16).
   */
  SESSION_TAKEN_OVER(
      "NHUB-CON-001",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Give each process a client id of its own, or use a shared subscription to divide the work."),
  /** The bridge answered CONNECT with another refusal. */
  SERVER_REFUSED(
      "NHUB-CON-002", Responsible.PLATFORM, Ending.RETRIED, "See what its reason code says."),
  /** The bridge ended the connection with a DISCONNECT. */
  SERVER_DISCONNECTED(
      "NHUB-CON-003", Responsible.PLATFORM, Ending.RETRIED, "See what its reason code says."),
  /** The server sent what MQTT does not allow. */
  PROTOCOL_VIOLATION(
      "NHUB-CON-004",
      Responsible.PLATFORM,
      Ending.RETRIED,
      "Check that host and port are those of the bridge; if so, tell N-Hub's support."),
  /** An attempt to connect failed inside this program: a defect, or no memory left. */
  LOCAL_FAILURE(
      "NHUB-CON-005",
      Responsible.SDK,
      Ending.FINAL_AT_FIRST,
      "Look at the cause: if it is not a lack of memory or threads, report it with its stack trace as a defect of this SDK."),
  /** A handler failed for good, and the failure policy says to stop. */
  HANDLER_FAILED(
      "NHUB-HND-001",
      Responsible.APPLICATION,
      Ending.FINAL,
      "Mend the handler, see the cause; the message was not acknowledged and comes again."),
  /** A handler took longer than the deadline for one message. */
  HANDLER_TIMEOUT(
      "NHUB-HND-002",
      Responsible.APPLICATION,
      Ending.RETRIED,
      "Make the handler faster or asynchronous, or allow it more time with handlerDeadline(...)."),
  /** The dead-letter file has no room for another message within its bound. */
  DEAD_LETTER_FILE_FULL(
      "NHUB-DLQ-001",
      Responsible.APPLICATION,
      Ending.FINAL,
      "Mend what makes messages fail, then empty the file with redrive(...) or move it away; or"
          + " allow it more with maxBytes(...)."),
  /** The dead-letter file is in use by another program, or elsewhere in this one. */
  DEAD_LETTER_FILE_BUSY(
      "NHUB-DLQ-002",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Give each process a file of its own, and open it once; redrive(...) it from within the"
          + " program that has it open."),
  /** The dead-letter file cannot be read or written. */
  DEAD_LETTER_FILE_UNUSABLE(
      "NHUB-DLQ-003",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Do what the message says; otherwise check that its directory is there, belongs to the user"
          + " this program runs as, is not writable for others, and has free space.");

  private final String id;
  private final Responsible responsible;
  private final Ending ending;
  private final String advice;

  StreamErrorCode(String id, Responsible responsible, Ending ending, String advice) {
    this.id = id;
    this.responsible = responsible;
    this.ending = ending;
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
    return ending == Ending.RETRIED;
  }

  /**
   * Whether it ends a subscription only before the first connection stood. Anybody on the way can
   * cause such an error; once the settings have worked, the SDK tries again.
   *
   * @return true for what no authenticated peer has said
   */
  public boolean isFinalAtFirstOnly() {
    return ending == Ending.FINAL_AT_FIRST;
  }

  /** What becomes of the subscription. */
  private enum Ending {
    RETRIED,
    FINAL_AT_FIRST,
    FINAL
  }
}
