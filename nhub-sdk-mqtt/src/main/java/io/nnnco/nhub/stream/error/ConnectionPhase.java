package io.nnnco.nhub.stream.error;

/** How far a connection had got when something happened, in the order of connecting. */
public enum ConnectionPhase {
  /** Before anything was sent: checking the configuration. */
  PREPARE,
  /** Resolving the host name: the proxy's, if there is one. */
  DNS,
  /** Opening the TCP connection: to the proxy, if there is one. */
  TCP,
  /** Asking the proxy, if there is one, for a tunnel to the bridge. */
  PROXY,
  /** The TLS handshake, including the check of the server's certificate and host name. */
  TLS,
  /** From CONNECT to CONNACK (MQTT 5, section 3.1 and 3.2). */
  CONNECT,
  /** From SUBSCRIBE to SUBACK (MQTT 5, section 3.8 and 3.9). */
  SUBSCRIBE,
  /** Connected and subscribed: messages flow. */
  STREAM
}
