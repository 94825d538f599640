package io.nnnco.nhub.brokers.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that is about to start: below those that the system gives out by itself, one
 * of which another test would be given in the seconds until the server binds it.
 */
final class FreePort {
  private FreePort() {}

  static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
  }
}
