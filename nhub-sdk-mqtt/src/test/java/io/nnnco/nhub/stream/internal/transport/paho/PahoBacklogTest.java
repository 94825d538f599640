package io.nnnco.nhub.stream.internal.transport.paho;

import static io.nnnco.nhub.Eventually.SOON;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.io.InterruptedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Paho's own queue is bounded in number; this is what bounds it in bytes. */
class PahoBacklogTest {
  private static final int LARGE = 300_000;

  private final PahoBacklog backlog = new PahoBacklog();

  private static InboundMessage message(int packetId, int bytes) {
    return new InboundMessage("topic", new byte[bytes], Qos.AT_LEAST_ONCE, false, packetId);
  }

  private Thread reader(Runnable whenLetIn) {
    Thread reader =
        new Thread(
            () -> {
              awaitRoom();
              whenLetIn.run();
            },
            "reader");
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  private void awaitRoom() {
    try {
      backlog.awaitRoom();
    } catch (InterruptedIOException e) {
      throw new AssertionError(e);
    }
  }

  private int poll() {
    return requireNonNull(backlog.poll()).packetId();
  }

  private static void awaitWaiting(Thread reader) {
    Eventually.isTrue("it waits", () -> reader.getState() == Thread.State.WAITING);
  }

  private static void awaitEnd(Thread reader) throws InterruptedException {
    reader.join(SOON.toMillis());
    assertFalse(reader.isAlive(), "it still waits");
  }

  @Test
  void largeMessages_keepTheReaderWaiting_untilOneIsTaken() throws Exception {
    backlog.add(message(1, LARGE));
    awaitRoom();
    backlog.add(message(2, LARGE));
    Thread reader = reader(() -> {});
    awaitWaiting(reader);
    assertEquals(1, poll());
    awaitEnd(reader);
    assertEquals(2, poll());
    assertNull(backlog.poll());
  }

  @Test
  void messageOfAnySize_findsRoomInAnEmptyBacklog() {
    for (int i = 1; i <= 3; i++) {
      awaitRoom();
      backlog.add(message(i, 2_000_000));
      assertEquals(i, poll());
    }
  }

  @Test
  void end_letsTheReaderGo_andNobodyWaitsAnyMore() throws Exception {
    backlog.add(message(1, 2 * LARGE));
    Thread reader = reader(() -> backlog.add(message(2, 2 * LARGE)));
    awaitWaiting(reader);
    backlog.end();
    awaitEnd(reader);
    awaitRoom();
  }

  @Test
  void readerAndTaker_atTheSameTime_areNeverStuck_andKeepTheOrder() throws Exception {
    int count = 20_000;
    Random random = new Random(1);
    Thread reader =
        reader(
            () -> {
              for (int i = 1; i <= count; i++) {
                awaitRoom();
                backlog.add(message(i, random.nextInt(10) == 0 ? LARGE : 100));
              }
            });
    for (int i = 1; i <= count; i++) {
      Eventually.isTrue("the next came", () -> !backlog.isEmpty());
      assertEquals(i, poll());
    }
    awaitEnd(reader);
  }
}
