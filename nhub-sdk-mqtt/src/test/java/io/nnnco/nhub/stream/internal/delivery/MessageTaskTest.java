package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.internal.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageTaskTest {
  private static final int ROUNDS = 200;

  /** An interrupt is for the handler that is late, not for what its thread does next. */
  @Test
  void check_whileTheHandlerReturns_leavesNoInterruptBehind() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      assertFalse(interruptedAfterwards(), "round " + round);
    }
  }

  private static boolean interruptedAfterwards() throws InterruptedException {
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean leave = new AtomicBoolean();
    CountDownLatch inside = new CountDownLatch(1);
    MessageTask task = task(inside, leave);
    Thread worker =
        new Thread(
            () -> {
              task.run();
              interrupted.set(Thread.interrupted());
            }) {
          @Override
          public void interrupt() {
            super.interrupt();
            leave.set(true);
          }
        };
    worker.start();
    inside.await();
    task.check(Duration.ZERO);
    leave.set(true);
    worker.join(TimeUnit.MINUTES.toMillis(1));
    return interrupted.get();
  }

  /** Else a handler that hangs for good would be out of sight once its time is up. */
  @Test
  void check_handlerThatIgnoresTheInterrupt_hasEndedOnlyWhenItReturns()
      throws InterruptedException {
    AtomicBoolean leave = new AtomicBoolean();
    CountDownLatch inside = new CountDownLatch(1);
    Nobody surroundings = new Nobody();
    MessageTask task = task(inside, leave, surroundings);
    Thread worker = new Thread(task::run);
    worker.start();
    inside.await();
    task.check(Duration.ZERO);
    assertEquals(0, surroundings.ended.get());
    leave.set(true);
    worker.join(TimeUnit.MINUTES.toMillis(1));
    assertEquals(1, surroundings.ended.get());
  }

  private static MessageTask task(CountDownLatch inside, AtomicBoolean leave) {
    return task(inside, leave, new Nobody());
  }

  private static MessageTask task(
      CountDownLatch inside, AtomicBoolean leave, MessageTask.Surroundings surroundings) {
    ReceivedMessage received =
        new ReceivedMessage(PipelineFixture.uplink(1, "a", 1), VirtualTime.START);
    byte[] bytes = received.bytes();
    return new MessageTask(
        received,
        new MessageDecoder().decode(MessageKind.UPLINK, bytes, 0, bytes.length),
        (message, delivery) -> {
          inside.countDown();
          while (!leave.get()) {
            Thread.onSpinWait();
          }
          return CompletableFuture.completedFuture(null);
        },
        FailurePolicy.ofDefaults(),
        surroundings,
        () -> {});
  }

  private static final class Nobody implements MessageTask.Surroundings {
    final AtomicInteger ended = new AtomicInteger();

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void began(MessageTask task) {}

    @Override
    public void ended(MessageTask task) {
      ended.incrementAndGet();
    }

    @Override
    public void succeeded(ReceivedMessage message) {}

    @Override
    public void retry(
        ReceivedMessage message, Throwable cause, int attempt, Duration wait, Runnable again) {}

    @Override
    public void failed(FailedMessage failure, Runnable finished) {}
  }
}
