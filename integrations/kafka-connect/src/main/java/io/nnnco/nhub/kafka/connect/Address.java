package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.core.NHubEnvironment;
import java.net.URI;

/** The address of a bridge: {@code mqtt.example.com:8883}. */
final class Address {
  private static final int DEFAULT_PORT = 8883;

  /** The connector does not call the management API. */
  private static final URI NO_API = URI.create("https://localhost/");

  private Address() {}

  /**
   * The environment with this bridge.
   *
   * @throws IllegalArgumentException if the text is not a host, or a host and a port
   */
  static NHubEnvironment of(String text) {
    int colon = text.lastIndexOf(':');
    boolean noPort = colon < 0 || text.endsWith("]");
    return NHubEnvironment.at(
        NO_API,
        noPort ? text : text.substring(0, colon),
        noPort ? DEFAULT_PORT : port(text.substring(colon + 1)));
  }

  private static int port(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a port: " + digits + ". It is 1 to 65,535.", e);
    }
  }
}
