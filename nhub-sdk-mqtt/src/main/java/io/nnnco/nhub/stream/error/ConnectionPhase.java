package io.nnnco.nhub.stream.error;

/** How far a connection had come when something happened; the order is that of connecting. */
public enum ConnectionPhase {
  /** Before anything was sent: checking what was configured. */
  PREPARE,
  /** Resolving the host name: the proxy's, where there is one. */
  DNS,
  /** Opening the TCP connection: to the proxy, where there is one. */
  TCP,
  /** Asking the proxy, where there is one, for a way through to the bridge. */
  PROXY,
  /** The TLS handshake, with the check of the server's certificate and host name. */
  TLS,
  /** From CONNECT to CONNACK (MQTT 5, section 3.1 and 3.2). */
  CONNECT,
  /** From SUBSCRIBE to SUBACK (MQTT 5, section 3.8 and 3.9). */
  SUBSCRIBE,
  /** Connected and subscribed: messages flow. */
  STREAM
}
