package io.nnnco.nhub.stream.internal.transport;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.internal.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OutboxTest {
  private static final byte[] PACKET = {(byte) 0xE0, 0};

  private final VirtualTime time = new VirtualTime();
  private final ExecutorService writers = Executors.newCachedThreadPool();
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private final Outbox outbox = new Outbox(writers, time, broken::complete);
  private final BlockingQueue<byte[]> written = new LinkedBlockingQueue<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile long quietNanos = Long.MAX_VALUE;

  /** What a test does with what is written. */
  private interface Sink {
    void write(byte[] bytes, int length) throws IOException;
  }

  private void startWriting() {
    startWriting((bytes, length) -> written.add(Arrays.copyOf(bytes, length)));
  }

  private void startWriting(Sink sink) {
    outbox.sendTo(
        new Outbox.Line() {
          @Override
          public void write(byte[] bytes, int length) throws IOException {
            sink.write(bytes, length);
          }

          @Override
          public long quietNanos() {
            return quietNanos;
          }

          @Override
          public void finishWriting() {
            finished.countDown();
          }
        });
  }

  @AfterEach
  void close() {
    outbox.close();
    writers.shutdown();
  }

  private String next() throws InterruptedException {
    byte[] bytes = written.poll(60, TimeUnit.SECONDS);
    return bytes == null ? "nothing" : HexFormat.of().formatHex(bytes);
  }

  @Test
  void puback_alone_leavesAfterAMoment() throws InterruptedException {
    startWriting();
    outbox.puback(0x1234, true);
    assertEquals("40021234", next());
    outbox.puback(0x1235, true);
    assertEquals("40021235", next());
  }

  @Test
  void puback_many_leaveTogetherInTheirOrder() throws InterruptedException {
    for (int id = 1; id <= 64; id++) {
      outbox.puback(id, true);
    }
    startWriting();
    String together = next();
    assertTrue(together.startsWith("40020001" + "40020002"), together);
    assertTrue(together.endsWith("40020040"), together);
    assertEquals(64 * 8, together.length());
  }

  @Test
  void send_takesAlongWhatWaits_andKeepsTheOrder() throws InterruptedException {
    outbox.puback(1, true);
    outbox.ping();
    outbox.puback(2, true);
    startWriting();
    assertEquals("40020001" + "c000" + "40020002", next());
  }

  @Test
  void flush_withNothingToSend_doesNotHurryTheNext() throws InterruptedException {
    outbox.flush(false);
    outbox.puback(1, true);
    outbox.puback(2, true);
    outbox.flush(false);
    startWriting();
    assertEquals("40020001" + "40020002", next());
  }

  @Test
  void finish_isTheLastToBeSent() throws Exception {
    outbox.puback(1, true);
    outbox.finish(PACKET);
    outbox.puback(2, true);
    outbox.ping();
    startWriting();
    assertEquals("40020001" + "e000", next());
    assertTrue(finished.await(60, TimeUnit.SECONDS));
    assertArrayEquals(new byte[0][], written.toArray(byte[][]::new));
  }

  /** To wake another thread costs more than to write. */
  @Test
  void flush_here_writesOnTheCallingThread() throws InterruptedException {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    startWriting((bytes, length) -> threads.add(Thread.currentThread()));
    outbox.puback(1, false);
    outbox.flush(true);
    assertSame(Thread.currentThread(), threads.poll());
  }

  @Test
  void flush_here_whileAnotherWrites_leavesItToThem() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    startWriting(
        (bytes, length) -> {
          written.add(Arrays.copyOf(bytes, length));
          inside.countDown();
          await(leave);
        });
    outbox.ping();
    inside.await();
    outbox.puback(1, false);
    outbox.flush(true);
    assertEquals("c000", next());
    leave.countDown();
    assertEquals("40020001", next());
  }

  /** What a write on a virtual thread would take for the end of the socket. */
  @Test
  void flush_here_ofAnInterruptedThread_isLeftToTheWriter() throws InterruptedException {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    startWriting((bytes, length) -> threads.add(Thread.currentThread()));
    outbox.puback(1, false);
    Thread.currentThread().interrupt();
    outbox.flush(true);
    assertTrue(Thread.interrupted());
    assertNotSame(Thread.currentThread(), threads.poll(60, TimeUnit.SECONDS));
  }

  /** More is coming in, and what it brings can leave together. */
  @Test
  void flush_here_whileBytesAreRead_isLeftToTheWriter() throws InterruptedException {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    quietNanos = 0;
    startWriting((bytes, length) -> threads.add(Thread.currentThread()));
    outbox.puback(1, false);
    outbox.flush(true);
    assertNotSame(Thread.currentThread(), threads.poll(60, TimeUnit.SECONDS));
  }

  /** An outbox that gets no writer while it is refused one, and what is hired otherwise. */
  private Outbox scarce(AtomicBoolean refuses, Queue<Runnable> hired) {
    Outbox scarce =
        new Outbox(
            task -> {
              if (refuses.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              hired.add(task);
            },
            time,
            broken::complete);
    scarce.sendTo(
        new Outbox.Line() {
          @Override
          public void write(byte[] bytes, int length) {
            written.add(Arrays.copyOf(bytes, length));
          }

          @Override
          public long quietNanos() {
            return 0;
          }
        });
    return scarce;
  }

  @Test
  void send_withoutAThreadForTheWriter_isSentWithTheNext() throws InterruptedException {
    Queue<Runnable> hired = new ConcurrentLinkedQueue<>();
    AtomicBoolean refuses = new AtomicBoolean(true);
    Outbox scarce = scarce(refuses, hired);
    scarce.puback(1, true);
    refuses.set(false);
    scarce.ping();
    requireNonNull(hired.poll()).run();
    assertEquals("40020001" + "c000", next());
    time.advance(Duration.ofMinutes(1));
    assertEquals(0, hired.size(), "nothing waits");
  }

  /** With nothing to append for long, as before a CONNACK. */
  @Test
  void send_withoutAThreadForTheWriter_isTriedAgainEachSecond() throws InterruptedException {
    Queue<Runnable> hired = new ConcurrentLinkedQueue<>();
    AtomicBoolean refuses = new AtomicBoolean(true);
    Outbox scarce = scarce(refuses, hired);
    scarce.send(PACKET);
    scarce.send(PACKET);
    assertEquals(1, time.waiting(), "one timer for all");
    time.advance(Duration.ofSeconds(5));
    refuses.set(false);
    time.advance(Duration.ofSeconds(1));
    requireNonNull(hired.poll()).run();
    assertEquals("e000" + "e000", next());
    assertEquals(0, time.waiting());
  }

  @Test
  void puback_behindTheLast_orAfterAFailure_isRefused() throws Exception {
    assertTrue(outbox.puback(1, true));
    outbox.finish(PACKET);
    assertFalse(outbox.puback(2, true));

    Outbox failing = new Outbox(Runnable::run, time, broken::complete);
    failing.sendTo(
        new Outbox.Line() {
          @Override
          public void write(byte[] bytes, int length) throws IOException {
            throw new IOException("broken pipe");
          }

          @Override
          public long quietNanos() {
            return 0;
          }
        });
    assertTrue(failing.puback(1, true));
    failing.ping();
    assertFalse(failing.puback(2, true));
  }

  @Test
  void send_afterAFailure_isSentNoMore() throws Exception {
    startWriting(
        (bytes, length) -> {
          written.add(Arrays.copyOf(bytes, length));
          throw new IOException("broken pipe");
        });
    outbox.ping();
    broken.get(60, TimeUnit.SECONDS);
    outbox.ping();
    outbox.awaitSent(60_000);
    assertEquals(1, written.size());
  }

  @Test
  void flush_here_thatFails_isTold() throws Exception {
    startWriting(
        (bytes, length) -> {
          throw new IOException("broken pipe");
        });
    outbox.puback(1, false);
    outbox.flush(true);
    assertEquals("broken pipe", broken.get(60, TimeUnit.SECONDS).getMessage());
  }

  /** What it took along is lost, and perhaps half written: nothing may follow it. */
  @ParameterizedTest
  @ValueSource(classes = {InternalError.class, IllegalStateException.class})
  void flush_here_thatFailsInThisProgram_isTold(Class<? extends Throwable> type) throws Exception {
    startWriting(
        (bytes, length) -> {
          if (type == InternalError.class) {
            throw new InternalError("a lack of something");
          }
          throw new IllegalStateException("a defect");
        });
    outbox.puback(1, false);
    outbox.flush(true);
    assertInstanceOf(type, broken.get(60, TimeUnit.SECONDS));
  }

  /** Many threads at once: each packet leaves once, and none is forgotten. */
  @Test
  void flush_here_byManyThreads_losesNothing() throws InterruptedException {
    startWriting();
    Thread[] threads = new Thread[8];
    for (int t = 0; t < threads.length; t++) {
      int first = t * 2_000;
      threads[t] =
          new Thread(
              () -> {
                for (int id = first; id < first + 2_000; id++) {
                  outbox.puback(id, id % 3 == 0);
                  if (id % 3 != 0) {
                    outbox.flush(id % 3 == 1);
                  }
                }
              });
      threads[t].start();
    }
    Set<String> ids = new HashSet<>();
    while (ids.size() < 16_000) {
      String packets = next();
      assertNotEquals("nothing", packets);
      for (int i = 0; i < packets.length(); i += 8) {
        assertTrue(ids.add(packets.substring(i, i + 8)), packets);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
