package io.nnnco.nhub.brokers;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Path;

/**
 * HiveMQ CE as a process, for tests: started with a folder that holds {@code server.p12} and {@code
 * trusted.p12}, and a port; ends with its standard input. What it knew is there again when it is
 * started again.
 */
final class DurableHiveMq {
  private DurableHiveMq() {}

  /** With the folder and the port. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int port = Integer.parseInt(args[1]);
    EmbeddedHiveMQ server =
        EmbeddedHiveMq.start(
            folder.resolve("durable"),
            Configuration.durable(
                Configuration.byCertificate("127.0.0.1", port, folder.toString())));
    System.in.readAllBytes();
    server.stop().join();
    System.exit(0);
  }
}
