package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.ChildJvm;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A subscriber in a JVM of 64 MB, with default options and a slow handler, on a bridge that sends
 * large messages as fast as they are read: more than the heap holds.
 */
class SmallHeapTest {
  private static final int MESSAGES = 80;
  private static final int PAYLOAD = 900_000;
  private static final String TOPIC = "v4/groups/nnn.acme.master/dev/uplinks";

  private final Path folder;

  SmallHeapTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void payloadsOf900KB_direct_areAllHandled() throws Exception {
    floods(MqttEngine.DIRECT, MqttVersion.MQTT_5);
  }

  @Test
  void payloadsOf900KB_paho_areAllHandled() throws Exception {
    floods(MqttEngine.PAHO, MqttVersion.MQTT_5);
  }

  @Test
  void payloadsOf900KB_inMqtt311_areAllHandled() throws Exception {
    floods(MqttEngine.DIRECT, MqttVersion.MQTT_3_1_1);
  }

  private void floods(MqttEngine engine, MqttVersion version) throws Exception {
    try (RawBroker broker = new RawBroker()) {
      Process program = start(broker.port(), engine, version);
      try {
        Peer peer = accept(broker);
        peer.welcome(version);
        flood(peer, version);
        assertTrue(program.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), this::output);
        assertEquals(0, program.exitValue(), this::output);
      } finally {
        program.destroyForcibly();
      }
    }
  }

  private Peer accept(RawBroker broker) {
    try {
      return broker.accept();
    } catch (AssertionError e) {
      throw new AssertionError(output(), e);
    }
  }

  private void flood(Peer peer, MqttVersion version) {
    byte[] payload = payload();
    try {
      for (int i = 1; i <= MESSAGES; i++) {
        peer.send(Wire.publish(version, TOPIC, i, payload));
      }
    } catch (RuntimeException e) {
      throw new AssertionError(output(), e); // The program has ended, and says why.
    }
  }

  /** Mostly text, so that decoding takes little of the test's time. */
  private static byte[] payload() {
    String text = "x".repeat(PAYLOAD / 4);
    return ("{\"device_id\":\"dev\",\"timestamp_ms\":1,\"a\":\"%1$s\",\"b\":\"%1$s\","
            + "\"c\":\"%1$s\",\"d\":\"%1$s\"}")
        .formatted(text)
        .getBytes(UTF_8);
  }

  private Process start(int port, MqttEngine engine, MqttVersion version) throws Exception {
    Path ca = folder.resolve("ca.pem");
    byte[] certificate = RawBroker.credentials().trustAnchors().get(0).getEncoded();
    Files.writeString(
        ca,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate)
            + "\n-----END CERTIFICATE-----\n");
    return new ProcessBuilder(
            ChildJvm.command(
                List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
                SmallHeapProgram.class,
                String.valueOf(port),
                ca.toString(),
                engine.name(),
                version.name(),
                String.valueOf(MESSAGES)))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("out"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
