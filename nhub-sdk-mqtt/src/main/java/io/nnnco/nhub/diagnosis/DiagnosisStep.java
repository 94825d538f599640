package io.nnnco.nhub.diagnosis;

/** The steps of a diagnosis, in the order in which a connection takes them. */
public enum DiagnosisStep {
  /** What the client was given: addresses, credentials, a token. */
  CONFIGURATION,
  /** This machine's clock, against the management API's. */
  CLOCK,
  /** The addresses of the bridge's host name, or of the proxy's if there is one. */
  DNS,
  /** A TCP connection to each of them. */
  TCP,
  /** The proxy's tunnel to the bridge. */
  PROXY,
  /** The TLS handshake and the server's certificates. */
  TLS,
  /** The client certificate: on this machine, and as the platform lists it. */
  CERTIFICATE,
  /** The management API and its token. */
  TOKEN,
  /** From CONNECT to CONNACK. */
  CONNECT,
  /** From SUBSCRIBE to SUBACK. */
  SUBSCRIBE,
  /** Whether a message arrives. */
  MESSAGES,
  /** The subscriptions that this client already has. */
  SUBSCRIPTIONS
}
