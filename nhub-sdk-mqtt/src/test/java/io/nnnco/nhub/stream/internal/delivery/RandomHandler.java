package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.Eventually.SOON;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailureHandler;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * A handler that succeeds at once, succeeds later, blocks, throws, or fails for ever, as the fate
 * of each message wills; and the failure handler behind it. It checks what it sees.
 */
final class RandomHandler implements AsyncMessageHandler, FailureHandler {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

  private final ModelDevices devices;
  private final Executor elsewhere;
  private final ScheduledExecutorService timer;
  private final boolean mayBlock;
  private final Consumer<String> violation;
  private final AtomicIntegerArray calls;
  private final AtomicIntegerArray verdicts;
  private final int[] lastFirst;
  private final boolean[] busy;
  private final AtomicInteger failed = new AtomicInteger();
  private volatile IntPredicate mayRepeat = number -> false;

  /**
   * A handler.
   *
   * @param elsewhere where asynchronous work ends
   * @param timer ends work after a while
   * @param mayBlock whether there are threads to block
   */
  RandomHandler(
      int messages,
      ModelDevices devices,
      Executor elsewhere,
      ScheduledExecutorService timer,
      boolean mayBlock,
      Consumer<String> violation) {
    this.devices = devices;
    this.elsewhere = elsewhere;
    this.timer = timer;
    this.mayBlock = mayBlock;
    this.violation = violation;
    this.calls = new AtomicIntegerArray(messages);
    this.verdicts = new AtomicIntegerArray(messages);
    this.lastFirst = new int[128];
    this.busy = new boolean[128];
    Arrays.fill(lastFirst, -1);
  }

  /** Which messages may be settled more than once, since they came as new ones. */
  void mayRepeat(IntPredicate unrecognisable) {
    mayRepeat = unrecognisable;
  }

  /** Whether the message was handled, or handed to the failure handler. */
  boolean isSettled(int message) {
    return verdicts.get(message) > 0;
  }

  /** How many messages were handed to the failure handler. */
  int failed() {
    return failed.get();
  }

  @Override
  public CompletionStage<?> handle(DeviceMessage message, Delivery delivery) throws Exception {
    int number = (int) message.timestamp().toEpochMilli();
    begin(number);
    boolean first = calls.incrementAndGet(number) == 1;
    int fate = devices.fateOf(number);
    if (fate < 3 || (fate < 8 && first)) {
      end(number);
      if (fate == 4) {
        throw new StackOverflowError();
      }
      throw new IllegalStateException("not now");
    }
    if (fate < 11 && first) {
      end(number);
      return CompletableFuture.failedFuture(new IllegalStateException("not now either"));
    }
    if (fate < (mayBlock ? 80 : 500)) {
      return later(number, fate);
    }
    if (fate < 90) {
      later(number, fate).get(SOON.toSeconds(), TimeUnit.SECONDS);
      return DONE;
    }
    succeed(number);
    return DONE;
  }

  @Override
  public void handle(FailedMessage failure) {
    int number = ModelDevices.numberOf(failure.delivery().payload());
    failed.incrementAndGet();
    verdict(number);
  }

  private CompletableFuture<Void> later(int number, int fate) {
    CompletableFuture<Void> work = new CompletableFuture<>();
    Runnable finish =
        () -> {
          succeed(number);
          work.complete(null);
        };
    if (fate % 4 == 0) {
      timer.schedule(finish, fate % 3 * 500L, TimeUnit.MICROSECONDS);
    } else {
      elsewhere.execute(finish);
    }
    return work;
  }

  private void succeed(int number) {
    end(number);
    verdict(number);
  }

  private void verdict(int number) {
    if (verdicts.incrementAndGet(number) > 1 && !mayRepeat.test(number)) {
      violation.accept("message " + number + " was settled twice though its session went on");
    }
  }

  private synchronized void begin(int number) {
    int device = devices.deviceOf(number);
    if (busy[device]) {
      violation.accept("two messages at a time of device " + device);
    }
    busy[device] = true;
    if (calls.get(number) == 0) {
      if (number < lastFirst[device]) {
        violation.accept("message " + number + " of a device after " + lastFirst[device]);
      }
      lastFirst[device] = number;
    }
  }

  private synchronized void end(int number) {
    busy[devices.deviceOf(number)] = false;
  }
}
