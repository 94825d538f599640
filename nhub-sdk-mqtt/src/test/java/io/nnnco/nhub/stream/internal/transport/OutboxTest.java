package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutboxTest {
  private static final byte[] PACKET = {(byte) 0xE0, 0};

  private final Outbox outbox = new Outbox();
  private final BlockingQueue<byte[]> written = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> writing = new CompletableFuture<>();

  private void startWriting() {
    new Thread(
            () -> {
              try {
                outbox.sendAll((bytes, length) -> written.add(Arrays.copyOf(bytes, length)));
                writing.complete(null);
              } catch (Exception e) {
                writing.completeExceptionally(e);
              }
            })
        .start();
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  private String next() throws InterruptedException {
    byte[] bytes = written.poll(60, TimeUnit.SECONDS);
    return bytes == null ? "nothing" : HexFormat.of().formatHex(bytes);
  }

  @Test
  void puback_alone_leavesAfterAMoment() throws InterruptedException {
    startWriting();
    outbox.puback(0x1234);
    assertEquals("40021234", next());
    outbox.puback(0x1235);
    assertEquals("40021235", next());
  }

  @Test
  void puback_many_leaveTogetherInTheirOrder() throws InterruptedException {
    for (int id = 1; id <= 64; id++) {
      outbox.puback(id);
    }
    startWriting();
    String together = next();
    assertTrue(together.startsWith("40020001" + "40020002"), together);
    assertTrue(together.endsWith("40020040"), together);
    assertEquals(64 * 8, together.length());
  }

  @Test
  void send_takesAlongWhatWaits_andKeepsTheOrder() throws InterruptedException {
    outbox.puback(1);
    outbox.ping();
    outbox.puback(2);
    startWriting();
    assertEquals("40020001" + "c000" + "40020002", next());
  }

  @Test
  void flush_withNothingToSend_doesNotHurryTheNext() throws InterruptedException {
    outbox.flush();
    outbox.puback(1);
    outbox.puback(2);
    outbox.flush();
    startWriting();
    assertEquals("40020001" + "40020002", next());
  }

  @Test
  void finish_isTheLastToBeSent() throws Exception {
    outbox.puback(1);
    outbox.finish(PACKET);
    outbox.puback(2);
    outbox.ping();
    startWriting();
    assertEquals("40020001" + "e000", next());
    writing.get(60, TimeUnit.SECONDS);
    assertArrayEquals(new byte[0][], written.toArray(byte[][]::new));
  }
}
