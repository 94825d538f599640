package io.nnnco.nhub.management;

/** How far an HTTP call got. */
public enum CallPhase {
  /** Resolving the host name. */
  DNS,
  /** Opening the connection, to the API or to a proxy. */
  TCP,
  /** Negotiating TLS and verifying the API's certificate. */
  TLS,
  /** Sending the request and reading the response; the request may have taken effect. */
  EXCHANGE
}
