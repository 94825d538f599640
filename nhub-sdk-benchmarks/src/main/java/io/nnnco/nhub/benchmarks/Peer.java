package io.nnnco.nhub.benchmarks;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** An MQTT server over TLS that lives in the JVM of its user. */
enum Peer {
  /** The whole fake: a CA and certificates made at each start, the REST API and the bridge. */
  FAKE {
    @Override
    AutoCloseable start(Path folder) {
      return FakeNHub.start();
    }
  },

  /** One TLS listener with a key store made beforehand, and nothing kept on disk. */
  HIVEMQ {
    @Override
    AutoCloseable start(Path folder) throws IOException {
      Path place = Files.createTempDirectory(folder, "hivemq");
      Files.writeString(place.resolve("config.xml"), CONFIG.formatted(freePort(), folder));
      EmbeddedHiveMQ server =
          EmbeddedHiveMQ.builder()
              .withConfigurationFolder(place)
              .withDataFolder(Files.createDirectory(place.resolve("data")))
              .withExtensionsFolder(Files.createDirectory(place.resolve("extensions")))
              .build();
      server.start().join();
      return server;
    }
  };

  private static final String CONFIG =
      """
      <hivemq>
        <listeners>
          <tls-tcp-listener>
            <port>%d</port>
            <bind-address>127.0.0.1</bind-address>
            <tls>
              <keystore>
                <path>%s/server.p12</path>
                <password>changeit</password>
                <private-key-password>changeit</private-key-password>
              </keystore>
              <client-authentication-mode>OPTIONAL</client-authentication-mode>
            </tls>
          </tls-tcp-listener>
        </listeners>
        <persistence><mode>in-memory</mode></persistence>
        <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
      </hivemq>
      """;

  /**
   * Starts it; it listens when this returns.
   *
   * @param folder with {@code server.p12}, for what it wants to write
   */
  abstract AutoCloseable start(Path folder) throws IOException;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
