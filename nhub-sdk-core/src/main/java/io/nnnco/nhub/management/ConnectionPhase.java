package io.nnnco.nhub.management;

/** How far an HTTP call came. */
public enum ConnectionPhase {
  /** Finding the address of the host's name. */
  DNS,
  /** Opening the connection, to the API or to a proxy. */
  TCP,
  /** Agreeing on TLS and checking the API's certificate. */
  TLS,
  /** Sending the request and reading the answer; what was asked for may have happened. */
  EXCHANGE
}
