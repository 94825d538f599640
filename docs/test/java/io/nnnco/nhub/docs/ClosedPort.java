package io.nnnco.nhub.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine that takes no connections, by IPv4 and IPv6, and that nobody else gets
 * while this JVM runs.
 */
public final class ClosedPort {
  /** Bound, and that is all. */
  private static final Socket HELD = held();

  private ClosedPort() {}

  private static Socket held() {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int number() {
    return HELD.getLocalPort();
  }
}
