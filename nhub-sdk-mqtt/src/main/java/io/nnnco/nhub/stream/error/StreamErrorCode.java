package io.nnnco.nhub.stream.error;

import io.nnnco.nhub.core.ErrorCode;

/** The codes of subscriptions: credentials, TLS, network, proxies, the bridge, handlers, files. */
public enum StreamErrorCode implements ErrorCode {
  /** Neither the client nor the subscription has credentials for the bridge. */
  MISSING_CREDENTIALS(
      "NHUB-AUTH-001",
      Responsible.APPLICATION,
      Ending.FINAL,
      "Pass a ClientIdentity or a UsernamePassword to "
          + "NHubClient.builder(...).credentials(...), or to "
          + "SubscribeOptions.builder(...).credentials(...)."),
  /** The bridge does not know the user name, or the token is wrong. */
  BAD_CREDENTIALS(
      "NHUB-AUTH-002",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check the API key's user name and token. The token is shown only once, when the "
          + "API key is created: if it is lost, create a new key."),
  /** The bridge recognises the credentials, but does not authorize them. */
  NOT_AUTHORIZED(
      "NHUB-AUTH-003",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check that the API key is active and belongs to the enterprise, and that the "
          + "certificate was issued by this environment, is in date and is not revoked."),
  /** The bridge says that the client certificate is revoked. */
  CERTIFICATE_REVOKED(
      "NHUB-AUTH-004",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Issue a new certificate with certificates().issue(...) and pass it to the client; "
          + "a revoked certificate never works again."),
  /** The bridge refused a topic filter, or granted less than was requested. */
  SUBSCRIPTION_REFUSED(
      "NHUB-SUB-001",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check the enterprise code with your administrator: a key can read only its own "
          + "enterprise."),
  /** The subscription uses a shared group, and the bridge does not support shared subscriptions. */
  SHARED_SUBSCRIPTIONS_MISSING(
      "NHUB-SUB-002",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Leave out sharedGroup(...), and divide the work by devices or enterprises instead."),
  /** The subscription uses a wildcard, and the bridge does not support wildcards. */
  WILDCARDS_MISSING(
      "NHUB-SUB-003",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Name the devices with devices(...), and the kinds with kinds(...), so that no "
          + "wildcard is needed."),
  /** The bridge grants a lower QoS than was requested. */
  QOS_MISSING(
      "NHUB-SUB-004",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Choose QoS 0 with qos(Qos.AT_MOST_ONCE) if messages may be lost; otherwise ask "
          + "N-Hub's support for QoS 1."),
  /** The SUBSCRIBE for all topic filters is larger than the bridge accepts, or MQTT allows. */
  SUBSCRIBE_TOO_LARGE(
      "NHUB-SUB-005",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Name fewer devices with devices(...), or none to receive from all of them; or divide them"
          + " among several subscriptions."),
  /** The server's certificate does not chain to the platform's CA. */
  SERVER_NOT_TRUSTED(
      "NHUB-TLS-001",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Use the ca_certificate_pem of the certificate response as ca.crt, not a system CA, "
          + "and check that the host is the bridge of the same environment."),
  /** The server's certificate is trusted, but was issued for another host name. */
  WRONG_HOST_NAME(
      "NHUB-TLS-002",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Connect with a host name that the certificate contains, not with an address or an "
          + "alias."),
  /** The server's certificate is out of date, or this machine's clock is wrong. */
  SERVER_CERTIFICATE_EXPIRED(
      "NHUB-TLS-003",
      Responsible.PLATFORM,
      Ending.RETRIED,
      "Check this machine's clock first; if it is right, tell N-Hub's support."),
  /** A TLS alert says that the client certificate is not accepted, or that none was sent. */
  CLIENT_CERTIFICATE_REJECTED(
      "NHUB-TLS-004",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Check that the certificate was issued by this environment, is in date and is not "
          + "revoked; if in doubt, issue a new one."),
  /**
   * The TLS handshake failed: no common protocol version or cipher, or the server does not use TLS.
   */
  TLS_FAILED(
      "NHUB-TLS-005",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check that host and port are the bridge's (port 8883), that no proxy terminates "
          + "TLS, and that this Java runtime supports TLS 1.2 or 1.3."),
  /** The bridge's host name has no address. */
  HOST_NOT_FOUND(
      "NHUB-NET-001",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check the environment's name and this machine's DNS."),
  /** Nothing accepted the connection, or a firewall rejected it. */
  CONNECTION_REFUSED(
      "NHUB-NET-002",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check host and port, and that this network allows outgoing connections to TCP port "
          + "8883."),
  /**
   * No connection within the deadline, which includes DNS, TCP, a proxy, TLS, CONNECT and
   * SUBSCRIBE.
   */
  CONNECT_TIMEOUT(
      "NHUB-NET-003",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check the phase in the message: DNS and TCP point to the network; PROXY to the "
          + "proxy; TLS to a wrong port, a firewall or a proxy that terminates TLS; CONNECT and "
          + "SUBSCRIBE to the bridge."),
  /** The connection broke: a reset, a close without a DISCONNECT, or an I/O error. */
  CONNECTION_LOST(
      "NHUB-NET-004",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Ignore a single one: the SDK reconnects. If it repeats, check the network or the "
          + "bridge."),
  /**
   * The bridge did not respond to a ping in time: the connection is dead, although neither side
   * closed it.
   */
  KEEP_ALIVE_TIMEOUT(
      "NHUB-NET-005",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Ignore a single one: the SDK reconnects. If it repeats, a NAT or firewall may be "
          + "dropping idle connections: use a shorter keep-alive."),
  /** The proxy has no address, or nothing accepts connections there. */
  PROXY_UNREACHABLE(
      "NHUB-PROXY-001",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check the proxy's host and port, and that this machine may connect to it."),
  /** The proxy requires authentication and rejected the credentials (HTTP 407). */
  PROXY_AUTHENTICATION(
      "NHUB-PROXY-002",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Set the proxy's user name and password with ProxyServer.withLogin(...). For an "
          + "HTTP proxy, the SDK supports only Basic authentication."),
  /** The proxy does not allow this client to connect to the bridge (such as HTTP 403). */
  PROXY_REFUSED(
      "NHUB-PROXY-003",
      Responsible.CONFIGURATION,
      Ending.FINAL_AT_FIRST,
      "Ask the proxy's administrators to allow CONNECT to this host and port; many "
          + "proxies allow only port 443."),
  /** The proxy could not reach the bridge (such as HTTP 502 and 504). */
  PROXY_TUNNEL(
      "NHUB-PROXY-004",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check the environment's host and port, and whether the proxy's network can resolve "
          + "and reach them."),
  /** The peer at the proxy's address does not use the protocol of such a proxy. */
  PROXY_PROTOCOL(
      "NHUB-PROXY-005",
      Responsible.NETWORK,
      Ending.RETRIED,
      "Check that host and port are the proxy's, and that it is of this kind: HTTP (not "
          + "HTTPS) or SOCKS 5."),
  /**
   * Another client connected with the same client id and took the session over (MQTT 5 reason code
   * 0x8E).
   */
  SESSION_TAKEN_OVER(
      "NHUB-CON-001",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Give each process its own durable name, or use a shared group to divide the work."),
  /** The bridge refused the CONNECT for another reason. */
  SERVER_REFUSED(
      "NHUB-CON-002", Responsible.PLATFORM, Ending.RETRIED, "See the advice for its reason code."),
  /** The bridge ended the connection with a DISCONNECT. */
  SERVER_DISCONNECTED(
      "NHUB-CON-003", Responsible.PLATFORM, Ending.RETRIED, "See the advice for its reason code."),
  /** The server sent something that MQTT does not allow. */
  PROTOCOL_VIOLATION(
      "NHUB-CON-004",
      Responsible.PLATFORM,
      Ending.RETRIED,
      "Check that host and port are the bridge's; if they are, tell N-Hub's support."),
  /** A connection failed inside this program: a bug. */
  LOCAL_FAILURE(
      "NHUB-CON-005",
      Responsible.SDK,
      Ending.FINAL_AT_FIRST,
      "Check the cause: most likely it is a bug in this SDK. Report it with its stack trace."),
  /** The bridge sent a packet beyond the limit of 2 MiB. */
  PACKET_TOO_LARGE(
      "NHUB-CON-006",
      Responsible.PLATFORM,
      Ending.RETRIED,
      "Tell N-Hub's support: with QoS 1 the bridge sends it again on each connection, and what is "
          + "behind it waits. With MQTT 5 it is told the limit, and leaves such a message out; with "
          + "MQTT 3.1.1, forget(...) gives up the session that holds it."),
  /** This program ran out of memory, or of threads, while it connected, read or sent. */
  OUT_OF_MEMORY(
      "NHUB-CON-007",
      Responsible.APPLICATION,
      Ending.RETRIED,
      "Give the program a larger heap (-Xmx), or have less in flight: lower windowBytes(...). If "
          + "it was a thread that could not be made, allow the process more of them."),
  /** A handler failed after its last retry, and the failure policy says stop. */
  HANDLER_FAILED(
      "NHUB-HND-001",
      Responsible.APPLICATION,
      Ending.FINAL,
      "Fix the cause in the handler; the message was not acknowledged, so the bridge will "
          + "send it again."),
  /** A handler exceeded the deadline for one message. */
  HANDLER_TIMEOUT(
      "NHUB-HND-002",
      Responsible.APPLICATION,
      Ending.RETRIED,
      "Make the handler faster or asynchronous, or allow it more time with "
          + "handlerDeadline(...)."),
  /** The dead-letter file has reached its size limit. */
  DEAD_LETTER_FILE_FULL(
      "NHUB-DLQ-001",
      Responsible.APPLICATION,
      Ending.FINAL,
      "Fix what makes messages fail, then empty the file with redrive(...) or move it "
          + "away, or raise its limit with maxBytes(...)."),
  /** The dead-letter file is in use by another program, or elsewhere in this one. */
  DEAD_LETTER_FILE_BUSY(
      "NHUB-DLQ-002",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Give each process its own file, and open it once; call redrive(...) in the program "
          + "that has it open."),
  /** The dead-letter file cannot be read or written. */
  DEAD_LETTER_FILE_UNUSABLE(
      "NHUB-DLQ-003",
      Responsible.CONFIGURATION,
      Ending.FINAL,
      "Follow the message. Otherwise check that the directory exists, belongs to the user "
          + "this program runs as, is not writable for other users, and has free space.");

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
   * Whether it ends a subscription only before the first established connection. Anyone on the
   * network path can cause such an error; once the settings have worked, the SDK reconnects.
   *
   * @return true if the error does not come from an authenticated peer
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
