package io.nnnco.nhub.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Messages to record, and what was seen of them again. */
final class Messages {
  static final Instant START = Instant.parse("2026-03-17T02:03:04Z");

  private Messages() {}

  static String topic(String device) {
    return "v4/groups/nnn.acme.master/" + device + "/uplinks";
  }

  static RecordedMessage message(String device, long atMillis, byte[] payload) {
    return new RecordedMessage(
        START.plusMillis(atMillis), topic(device), payload, 1, /* redelivered= */ false, List.of());
  }

  static RecordedMessage message(String device, long atMillis, String payload) {
    return message(device, atMillis, payload.getBytes(UTF_8));
  }

  /** Everything there is to know of it, to be compared. */
  static String description(RecordedMessage message) {
    return message.arrivedAt()
        + " "
        + message.topic()
        + " "
        + message.qos()
        + " "
        + message.redelivered()
        + " "
        + message.userProperties()
        + " "
        + HexFormat.of().formatHex(message.payload());
  }

  static List<String> descriptions(Recording recording) throws InterruptedException {
    List<String> descriptions = new ArrayList<>();
    recording.atFullSpeed().replayInto(message -> descriptions.add(description(message)));
    return descriptions;
  }

  static List<String> payloads(Recording recording) throws InterruptedException {
    List<String> payloads = new ArrayList<>();
    recording
        .atFullSpeed()
        .replayInto(message -> payloads.add(new String(message.payload(), UTF_8)));
    return payloads;
  }
}
