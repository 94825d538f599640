package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.recording.RecordingWriter;
import io.nnnco.nhub.recording.ReplayReport;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real broker sent is recorded, and replayed byte by byte in the order of each device. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MosquittoRecordingTest extends BrokerFixture<Mosquitto> {
  /** For 100,000: {@code -Drecording.messages=100000}. */
  private static final int MESSAGES = Integer.getInteger("recording.messages", 1_000);

  private static final int DEVICES = 20;

  private final Map<String, List<String>> published = new TreeMap<>();

  @Override
  Mosquitto start(Path folder) throws Exception {
    return mosquitto(folder);
  }

  private void publishAll() {
    for (int i = 0; i < MESSAGES; i++) {
      String device = "D" + i % DEVICES;
      String payload =
          "{\"device_id\":\"%s\",\"timestamp_ms\":%d, \"text\":\"°\\t%d\"}"
              .formatted(device, i, i * 31);
      published.computeIfAbsent(device, each -> new ArrayList<>()).add(payload);
      broker.publish("v4/groups/nnn.acme.master/" + device + "/uplinks", payload);
    }
  }

  private void record(Path file) throws InterruptedException {
    SubscribeOptions options = SubscribeOptions.builder(DEFAULT_ENTERPRISE).allKinds().build();
    try (RecordingWriter writer = RecordingWriter.open(file);
        NHubClient nhub = client(Speaker.DIRECT_5, broker.certificatePort(), broker.certificate());
        MessageStream messages = nhub.stream(options)) {
      messages.subscription().awaitConnected(SOON);
      Thread publisher = new Thread(this::publishAll, "publisher");
      publisher.start();
      while (writer.messages() < MESSAGES) {
        writer.append(messages.take().delivery().recorded());
      }
      messages.acknowledge();
      publisher.join();
    }
  }

  private static MessageHandler noting(Map<String, List<String>> payloads, CountDownLatch left) {
    return (message, delivery) -> {
      payloads
          .computeIfAbsent(message.deviceId(), each -> new ArrayList<>())
          .add(new String(delivery.payload(), UTF_8));
      left.countDown();
    };
  }

  @Test
  void recording_replayedAtFullSpeedAndTenTimes_isEqualPerDevice(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("mosquitto.jsonl");
    long began = System.nanoTime();
    record(file);
    long recorded = System.nanoTime();
    Map<String, List<String>> handled = new TreeMap<>();

    ReplayReport report =
        Recording.open(file)
            .atFullSpeed()
            .replayInto(noting(handled, new CountDownLatch(MESSAGES)));

    long replayed = System.nanoTime();
    assertEquals(new ReplayReport(MESSAGES, 0, 0, 0), report);
    assertEquals(published, handled);

    assertEquals(published, new TreeMap<>(throughAFake(Recording.open(file).speed(10))));
    long atTen = System.nanoTime();
    assertEquals(published, new TreeMap<>(throughAFake(Recording.open(file).atFullSpeed())));
    long full = System.nanoTime();
    figures(
        "recorded",
        recorded - began,
        "full speed",
        replayed - recorded,
        "10x",
        atTen - replayed,
        "full speed into a fake",
        full - atTen);
  }

  /** What a subscription receives of it. */
  private static Map<String, List<String>> throughAFake(Recording recording) throws Exception {
    Map<String, List<String>> received = new ConcurrentHashMap<>();
    CountDownLatch left = new CountDownLatch(MESSAGES);
    try (FakeNHub fake = FakeNHub.start();
        NHubClient nhub =
            NHubClient.builder(fake.environment()).credentials(fake.identity()).build();
        Subscription subscription =
            nhub.subscribe(
                SubscribeOptions.builder(DEFAULT_ENTERPRISE).build(), noting(received, left))) {
      subscription.awaitConnected(SOON);
      assertEquals(MESSAGES, recording.replayInto(fake).replayed());
      assertEquals(true, left.await(SOON.toSeconds(), TimeUnit.SECONDS));
    }
    return received;
  }

  /** Read in the long form of this test. */
  private static void figures(Object... labelsAndNanos) {
    for (int i = 0; i < labelsAndNanos.length; i += 2) {
      long millis = TimeUnit.NANOSECONDS.toMillis((long) labelsAndNanos[i + 1]);
      System.out.println(MESSAGES + " messages, " + labelsAndNanos[i] + ": " + millis + " ms");
    }
  }
}
