package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
        boolean v5 = version == MqttVersion.MQTT_5;
        peer.expect(Wire.CONNECT);
        peer.send(v5 ? Wire.connack(0) : Wire.packet(0x20, Wire.bytes(0, 0)));
        int id = peer.expect(Wire.SUBSCRIBE).packetId();
        peer.send(v5 ? Wire.suback(id, 1) : Wire.packet(0x90, Wire.bytes(id >> 8, id, 1)));
        flood(peer, v5);
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

  private void flood(Peer peer, boolean v5) {
    byte[] payload = payload();
    try {
      for (int i = 1; i <= MESSAGES; i++) {
        peer.send(v5 ? Wire.publish(TOPIC, i, payload) : publish311(i, payload));
      }
    } catch (RuntimeException e) {
      throw new AssertionError(output(), e); // The program has ended, and says why.
    }
  }

  private static byte[] publish311(int packetId, byte[] payload) {
    byte[] topic = TOPIC.getBytes(UTF_8);
    return Wire.packet(
        0x32,
        Wire.concat(
            Wire.bytes(0, topic.length), topic, Wire.bytes(packetId >> 8, packetId), payload));
  }

  /** Thousands of readings: decoded, it takes twice as much again. */
  private static byte[] payload() {
    StringBuilder json =
        new StringBuilder("{\"device_id\":\"dev\",\"timestamp_ms\":1,\"readings\":[");
    for (int i = 0; json.length() < PAYLOAD; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"channel_id\":\"temperature in the room of this number, ")
          .append(i)
          .append("\",\"value\":")
          .append(i)
          .append(".25,\"unit\":\"degrees Celsius\"}");
    }
    return json.append("]}").toString().getBytes(UTF_8);
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
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SmallHeapProgram.class.getName(),
            String.valueOf(port),
            ca.toString(),
            engine.name(),
            version.name(),
            String.valueOf(MESSAGES))
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
