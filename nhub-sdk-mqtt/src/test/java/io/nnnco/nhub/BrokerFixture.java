package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is started once, and clients of it; a test may cut their connections. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class BrokerFixture<B extends Broker> {
  static final AtomicInteger NUMBER = new AtomicInteger();

  Inbox inbox = new Inbox();
  B broker;
  Relay relay;

  abstract B start(Path folder) throws Exception;

  /** Aborts, and tells whoever runs the build. */
  static RuntimeException didNotRun(String line) {
    // Not System.err, which Surefire writes to a file that nobody reads.
    try (PrintStream build =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)) {
      build.println(line);
    }
    return Assumptions.abort(line);
  }

  static Mosquitto mosquitto(Path folder) throws Exception {
    requireMosquitto();
    return new Mosquitto(folder);
  }

  /** Says so where it is not installed, and fails in CI, which installs it. */
  static void requireMosquitto() {
    if (!Files.isExecutable(Mosquitto.PROGRAM) && System.getenv("CI") == null) {
      throw didNotRun("Mosquitto suite did not run: " + Mosquitto.PROGRAM + " is not installed.");
    }
  }

  @BeforeAll
  void startBroker(@TempDir Path folder) throws Exception {
    broker = start(folder);
  }

  @AfterAll
  void stopBroker() throws Exception {
    if (broker != null) {
      broker.stop();
    }
  }

  @BeforeEach
  void begin() {
    inbox = new Inbox();
    relay = new Relay(broker.certificatePort());
  }

  @AfterEach
  void end() throws IOException {
    relay.close();
  }

  static NHubClient client(Speaker who, int port, Credentials credentials) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubClient.builder(NHubEnvironment.at(noApi, "localhost", port))
        .credentials(credentials)
        .engine(who.engine)
        .build();
  }

  final NHubClient client(Speaker who) {
    return client(who, relay.port(), broker.certificate());
  }

  final SubscribeOptionsBuilder options(Speaker who) {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE)
        .protocol(who.version)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(200)))
        .listener(inbox);
  }

  final SubscribeOptionsBuilder durable(Speaker who) {
    return options(who).durable("app" + NUMBER.incrementAndGet(), Duration.ofHours(1));
  }

  final void publish(int first, int last) {
    IntStream.rangeClosed(first, last)
        .mapToObj(i -> "{\"device_id\":\"ABC123\",\"timestamp_ms\":" + i + "}")
        .forEach(line -> broker.publish("v4/groups/nnn.acme.master/ABC123/uplinks", line));
  }

  static int number(DeviceMessage message) {
    return (int) message.timestamp().toEpochMilli();
  }

  final void takeInOrder(int first, int last) throws InterruptedException {
    for (int i = first; i <= last; i++) {
      assertEquals(i, number(inbox.takeMessage()));
    }
  }
}
