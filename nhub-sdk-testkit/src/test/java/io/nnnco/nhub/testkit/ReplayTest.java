package io.nnnco.nhub.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.recording.RecordingWriter;
import io.nnnco.nhub.testkit.Subscriber.Received;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording through the sockets of the fake. */
final class ReplayTest {
  private static final String TOPIC = "v4/groups/nnn.acme.master/ABC123/uplinks";

  @TempDir private Path directory = Path.of("unused");
  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();

  @AfterEach
  void stop() {
    fake.close();
  }

  private static RecordedMessage message(int number) {
    return new RecordedMessage(
        Instant.EPOCH.plusMillis(number),
        TOPIC,
        String.valueOf(number).getBytes(UTF_8),
        1,
        /* redelivered= */ false,
        List.of());
  }

  private Recording recorded(RecordedMessage... messages) {
    Path file = directory.resolve("fault.jsonl");
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      List.of(messages).forEach(writer::append);
    }
    return Recording.open(file).atFullSpeed();
  }

  @Test
  void replay_intoTheFake_publishesTheSameBytes() throws Exception {
    byte[] bytes = "\u0000{ é\n".getBytes(UTF_8);
    Recording recording =
        recorded(
            message(1),
            new RecordedMessage(
                Instant.EPOCH, TOPIC, bytes, 1, /* redelivered= */ true, List.of()));

    try (Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "c1")) {
      subscriber.subscribe("v4/groups/nnn.acme.master/#");
      recording.replayInto(fake);

      Received first = subscriber.receive();
      assertEquals("1", first.text());
      assertEquals(TOPIC, first.topic());
      subscriber.acknowledge(first);
      assertEquals("\u0000{ é\n", subscriber.receive().text());
    }
  }

  @Test
  void replay_withNobodyThere_doesNotWait() throws Exception {
    try (Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "c1")) {
      subscriber.subscribe("v4/groups/nnn.acme.master/#");
    }
    RecordedMessage[] messages = new RecordedMessage[2_000];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = message(i);
    }

    assertEquals(2_000, recorded(messages).replayInto(fake).replayed());
  }

  @Test
  void replay_intoAClientThatDoesNotAcknowledge_waitsForIt() throws Exception {
    RecordedMessage[] messages = new RecordedMessage[1_000];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = message(i);
    }
    Recording recording = recorded(messages);
    try (Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "c1")) {
      subscriber.subscribe("v4/groups/nnn.acme.master/#");
      AtomicInteger published = new AtomicInteger();
      CountDownLatch many = new CountDownLatch(400);
      CompletableFuture<Long> replay =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return recording
                      .onProgress(
                          share -> {
                            published.incrementAndGet();
                            many.countDown();
                          })
                      .replayInto(fake)
                      .replayed();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      many.await();
      for (int i = 0; i < messages.length; i++) {
        Received received = subscriber.receive();
        assertEquals(String.valueOf(i), received.text());
        assertTrue(published.get() <= i + 502, published + " published, " + i + " acknowledged");
        subscriber.acknowledge(received);
      }
      assertEquals(1_000, replay.join());
    }
  }

  @Test
  void replay_ofATopicThatCannotBe_isRefused() {
    RecordedMessage impossible =
        new RecordedMessage(
            Instant.EPOCH, "a/+", new byte[0], 1, /* redelivered= */ false, List.of());

    assertThrows(IllegalArgumentException.class, () -> fake.replay(impossible));
  }
}
