package io.nnnco.nhub;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A program whose {@code main} returns at once, with a subscription that runs. */
final class KeptRunning {
  private KeptRunning() {}

  /**
   * Prints the device of each message and what keeps the JVM running, and closes the client at the
   * message of a device called {@code LAST}. Arguments: the API, host and port of the bridge, the
   * identity's directory, whether to keep the JVM running.
   */
  public static void main(String[] args) {
    Thread main = Thread.currentThread();
    NHubClient nhub =
        NHubClient.builder(
                NHubEnvironment.at(URI.create(args[0]), args[1], Integer.parseInt(args[2])))
            .credentials(ClientIdentity.load(Path.of(args[3])))
            .keepJvmRunning(Boolean.parseBoolean(args[4]))
            .build();
    nhub.subscribe(
        "nnn.acme",
        uplink -> {
          main.join();
          System.out.println(uplink.deviceId() + " " + keepers());
          if (uplink.deviceId().equals("LAST")) {
            nhub.close();
          }
        });
  }

  /** Ours, of the threads that the JVM does not end without. */
  private static List<String> keepers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon() && thread.isAlive())
        .map(Thread::getName)
        .filter(name -> name.startsWith("nhub-"))
        .toList();
  }
}
