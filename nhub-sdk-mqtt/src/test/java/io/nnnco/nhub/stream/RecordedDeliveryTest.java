package io.nnnco.nhub.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.recording.RecordingWriter;
import io.nnnco.nhub.recording.ReplayReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedDeliveryTest {
  private static final Instant ARRIVED = Instant.parse("2026-03-17T02:03:04.567Z");

  private static RecordedMessage message(String level, String payload) {
    return new RecordedMessage(
        ARRIVED,
        "v4/groups/nnn.acme.master/ABC123/" + level,
        payload.getBytes(UTF_8),
        1,
        /* redelivered= */ true,
        List.of(Map.entry("traceparent", "00-1")));
  }

  private static final RecordedMessage UPLINK =
      message("uplinks", "{\"device_id\":\"ABC123\",\"timestamp_ms\":1}");

  @Test
  void delivery_ofARecordedMessage_isAsItArrived() {
    Delivery delivery = DeliveredMessage.of(UPLINK).delivery();

    assertEquals(UPLINK.topic(), delivery.topic());
    assertEquals("nnn.acme", delivery.enterprise().orElseThrow().code());
    assertEquals("ABC123", delivery.deviceId());
    assertEquals(ARRIVED, delivery.arrivedAt());
    assertEquals(Qos.AT_LEAST_ONCE, delivery.qos());
    assertEquals(true, delivery.redelivered());
    assertArrayEquals(UPLINK.payload(), delivery.payload());
    assertEquals(List.of(new UserProperty("traceparent", "00-1")), delivery.userProperties());
    assertFalse(delivery.toString().contains("timestamp_ms"), delivery.toString());
  }

  @Test
  void recorded_ofAReceivedMessage_isTheSameAgain() {
    Delivery received = new TestDelivery(UPLINK.topic(), "{}");

    Delivery replayed = new RecordedDelivery(received.recorded());

    assertEquals(received.topic(), replayed.topic());
    assertArrayEquals(received.payload(), replayed.payload());
    assertEquals(received.qos(), replayed.qos());
    assertEquals(received.userProperties(), replayed.userProperties());
  }

  @Test
  void handlers_areTargetsOfAReplay(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("fault.jsonl");
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      writer.append(UPLINK);
      writer.append(message("uplinks", "{}"));
      writer.append(message("joins", "{\"device_id\":\"ABC123\",\"timestamp_ms\":2}"));
    }
    Recording recording = Recording.open(file).atFullSpeed();
    List<String> seen = new ArrayList<>();
    MessageHandler all =
        (message, delivery) -> seen.add(delivery.topic() + " " + message.timestamp());
    List<Uplink> uplinks = new ArrayList<>();
    UplinkHandler some = uplinks::add;

    assertEquals(new ReplayReport(2, 1, 0, 0), recording.replayInto(all));
    assertEquals(new ReplayReport(2, 1, 0, 0), recording.replayInto(some));

    assertEquals(
        List.of(
            "v4/groups/nnn.acme.master/ABC123/uplinks 1970-01-01T00:00:00.001Z",
            "v4/groups/nnn.acme.master/ABC123/joins 1970-01-01T00:00:00.002Z"),
        seen);
    assertEquals(1, uplinks.size());
  }

  @Test
  void handler_thatThrows_endsTheReplayWithItsException(@TempDir Path directory) {
    Path file = directory.resolve("fault.jsonl");
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      writer.append(UPLINK);
    }
    MessageHandler failing =
        (message, delivery) -> {
          throw new IOException("the database is down");
        };

    assertThrows(IOException.class, () -> Recording.open(file).replayInto(failing));
  }
}
