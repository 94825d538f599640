package io.nnnco.nhub.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of localhost that takes no connections, and is given to nobody while this JVM runs. */
public final class ClosedPort {
  /** Bound, and that is all. */
  private static final Socket HELD = held();

  private ClosedPort() {}

  private static Socket held() {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int number() {
    return HELD.getLocalPort();
  }
}
