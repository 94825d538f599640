package io.nnnco.nhub.examples.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.recording.RecordingWriter;
import io.nnnco.nhub.recording.Redaction;
import io.nnnco.nhub.recording.ReplayReport;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded in production is a test case. */
@NHubTest
class RecordedFaultTest {
  private static final Path FAULT = Path.of("src/test/resources/cold-room.jsonl");

  // tag::handler
  @Test
  void alarm_ofTheRecordedNight_isRaised() throws Exception {
    ColdRoomAlarm alarm = new ColdRoomAlarm();

    ReplayReport report = Recording.open(FAULT).atFullSpeed().replayInto(alarm);

    assertTrue(report.complete(), report::toString);
    assertEquals("b81d4fae7dec11d0", alarm.alarms().poll());
  }

  // end::handler

  // tag::fake
  @Test
  void recordedNight_throughTheWholeClient_isAcknowledged(FakeNHub fake, ClientIdentity identity)
      throws Exception {
    ColdRoomAlarm alarm = new ColdRoomAlarm();
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      nhub.subscribe("nnn.acme", alarm).awaitConnected(Duration.ofSeconds(30));

      Recording.open(FAULT).speed(1000).devices("b81d4fae7dec11d0").replayInto(fake);

      assertEquals("b81d4fae7dec11d0", alarm.alarms().poll(30, TimeUnit.SECONDS));
      fake.acks().take(Duration.ofSeconds(30));
    }
  }

  // end::fake

  @Test
  void recordingInAProgram_hasWhatItHandled(
      FakeNHub fake, ClientIdentity identity, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("night.jsonl");
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      SubscribeOptions options = SubscribeOptions.builder("nnn.acme").build();
      // tag::writer
      try (RecordingWriter recording = RecordingWriter.open(file, Redaction.withRandomKey())) {
        MessageHandler handler =
            (message, delivery) -> {
              recording.append(delivery.recorded());
              store(message);
            };
        nhub.subscribe(options, handler).awaitConnected(Duration.ofSeconds(30));
        // end::writer
        fake.publish(FakeMessage.uplink("ROOM-1").reading("temperature", 4.5, "°C"))
            .awaitDelivered(Duration.ofSeconds(30));
      }
    }

    List<Uplink> seen = new ArrayList<>();
    Recording.open(file)
        .atFullSpeed()
        .replayInto((MessageHandler) (message, delivery) -> seen.add((Uplink) message));
    assertEquals(4.5, seen.get(0).number("temperature").orElseThrow());
  }

  private static void store(DeviceMessage message) {
    assertTrue(message instanceof Uplink);
  }
}
