package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nnnco.nhub.stream.internal.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HandlerCallTest {
  private static final int ROUNDS = 200;

  private final VirtualTime time = new VirtualTime();
  private final Deadlines deadlines = new Deadlines(Duration.ofHours(1), time, time.time().nanos());

  /** An interrupt is for the handler that is late, not for what its thread does next. */
  @Test
  void check_whileTheHandlerReturns_leavesNoInterruptBehind() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      assertFalse(interruptedAfterwards(), "round " + round);
    }
  }

  private boolean interruptedAfterwards() throws InterruptedException {
    AtomicBoolean interrupted = new AtomicBoolean();
    Spinning call = new Spinning(deadlines);
    Thread worker =
        new Thread(
            () -> {
              call.attempt();
              interrupted.set(Thread.interrupted());
            }) {
          @Override
          public void interrupt() {
            super.interrupt();
            call.leave.set(true);
          }
        };
    worker.start();
    call.inside.await();
    call.check(Duration.ZERO);
    call.leave.set(true);
    worker.join(TimeUnit.MINUTES.toMillis(1));
    return interrupted.get();
  }

  /** Else a handler that hangs for good would be out of sight once its time is up. */
  @Test
  void check_handlerThatIgnoresTheInterrupt_hasEndedOnlyWhenItReturns()
      throws InterruptedException {
    Spinning call = new Spinning(deadlines);
    Thread worker = new Thread(call::attempt);
    worker.start();
    call.inside.await();
    time.advance(Duration.ofSeconds(1));
    call.check(Duration.ZERO);
    assertEquals(Duration.ofSeconds(1), deadlines.longestCall());
    call.leave.set(true);
    worker.join(TimeUnit.MINUTES.toMillis(1));
    assertEquals(Duration.ZERO, deadlines.longestCall());
  }

  /** Returns when it is told to, and not before. */
  private static final class Spinning extends HandlerCall {
    final CountDownLatch inside = new CountDownLatch(1);
    final AtomicBoolean leave = new AtomicBoolean();

    Spinning(Deadlines deadlines) {
      super(deadlines, new Observers(List.of()));
    }

    @Override
    CompletionStage<?> call() {
      inside.countDown();
      while (!leave.get()) {
        Thread.onSpinWait();
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    void succeeded() {}

    @Override
    void failed(Throwable cause) {}

    @Override
    void execute(Runnable attempt) {
      attempt.run();
    }

    @Override
    ReceivedMessage received() {
      throw new AssertionError("It does not fail");
    }

    @Override
    Class<?> kind() {
      throw new AssertionError("It does not fail");
    }
  }
}
