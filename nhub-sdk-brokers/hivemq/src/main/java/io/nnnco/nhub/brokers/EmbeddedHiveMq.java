package io.nnnco.nhub.brokers;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * HiveMQ CE as a process, for tests: started with a folder that holds {@code server.p12} and {@code
 * trusted.p12}. There are two servers in it, since only the first is slow to start: the usual one,
 * and one that has less to give.
 */
final class EmbeddedHiveMq {
  private EmbeddedHiveMq() {}

  /** With the folder. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int[] ports = {freePort(), freePort(), freePort()};
    start(
        folder.resolve("usual"),
        Configuration.usual(
            Configuration.byCertificate("127.0.0.1", ports[0], folder.toString())
                + Configuration.byPassword("127.0.0.1", ports[1], folder.toString())));
    start(
        folder.resolve("limited"),
        Configuration.limited(
            Configuration.byCertificate("127.0.0.1", ports[2], folder.toString())));
    Parent.tellAndAwaitEnd(folder, ports);
    System.exit(0);
  }

  /** A server that listens, with what an earlier one has left in the place. */
  static EmbeddedHiveMQ start(Path place, String configuration) throws IOException {
    Files.createDirectories(place);
    Files.writeString(place.resolve("config.xml"), configuration);
    EmbeddedHiveMQ server =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(place)
            .withDataFolder(Files.createDirectories(place.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(place.resolve("extensions")))
            .withEmbeddedExtension(
                EmbeddedExtension.builder()
                    .withId("scope")
                    .withName("Scope")
                    .withVersion("1")
                    .withExtensionMain(new Scope())
                    .build())
            .build();
    server.start().join();
    return server;
  }

  /**
   * Below the ports that the system gives out by itself: in the seconds until HiveMQ binds it, one
   * of those would be given to another test.
   */
  private static int freePort() {
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
