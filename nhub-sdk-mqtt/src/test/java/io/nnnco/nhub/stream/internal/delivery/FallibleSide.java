package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchFailedException;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailureHandler;
import io.nnnco.nhub.stream.internal.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The application's own side in virtual time: up or down, failing or hanging, with messages that it
 * can never handle. It handles single messages and batches, all or nothing, and checks what it
 * sees: the order of each device, that no two calls have messages of one device, and that an outage
 * is probed by one call at a time and per interval.
 */
final class FallibleSide implements AsyncMessageHandler, AsyncBatchHandler, FailureHandler {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

  private final VirtualTime time;
  private final Random random;
  private final ModelDevices devices;
  private final IntPredicate poison;
  private final Consumer<String> violation;
  private final Duration deadline;
  private final boolean later;
  private final Naming names;
  private final Set<Integer> settled = new HashSet<>();
  private final Set<Integer> handled = new HashSet<>();
  private final Set<Integer> lastResort = new HashSet<>();
  private final Set<Integer> busy = new HashSet<>();
  private final Map<Integer, TreeSet<Integer>> begun = new HashMap<>();
  private final Map<Integer, Integer> lastSettled = new HashMap<>();
  private final Map<Integer, Set<Long>> failedAfter = new HashMap<>();
  private Supplier<@Nullable HandlerOutage> outage = () -> null;
  private IntPredicate mayRepeat = number -> false;
  private Duration shortestInterval = Duration.ZERO;
  private boolean down;
  private boolean hangs;
  private boolean ended;
  private long successes;
  private int calls;
  private int running;
  private int parallelism = Integer.MAX_VALUE;
  private @Nullable HandlerOutage probed;
  private int probesRunning;
  private long lastProbe;

  /** Whether a failure of a batch names a message. */
  enum Naming {
    NEVER,
    RIGHTLY,
    AT_RANDOM,
    THE_LAST
  }

  /** What a retry cannot help. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  FallibleSide(
      VirtualTime time,
      Random random,
      ModelDevices devices,
      IntPredicate poison,
      Duration deadline,
      Consumer<String> violation) {
    this.time = time;
    this.random = random;
    this.devices = devices;
    this.poison = poison;
    this.deadline = deadline;
    this.violation = violation;
    this.later = random.nextBoolean();
    this.names = Naming.values()[random.nextInt(Naming.values().length)];
  }

  /** Which outage the SDK is in, and how soon its next probe may come. */
  void watch(Supplier<@Nullable HandlerOutage> present, Duration shortest) {
    outage = present;
    shortestInterval = shortest;
  }

  /** Which messages may be settled more than once, since they came as new ones. */
  void mayRepeat(IntPredicate unrecognisable) {
    mayRepeat = unrecognisable;
  }

  /** How many calls may be made at a time. */
  void atMost(int calls) {
    parallelism = calls;
  }

  void down(boolean fails, boolean hanging) {
    down = fails;
    hangs = hanging;
  }

  /** From now on, no call may begin. */
  void end() {
    ended = true;
  }

  boolean isSettled(int number) {
    return settled.contains(number);
  }

  Set<Integer> lastResort() {
    return lastResort;
  }

  /** Whether each device waits for a message that can never be handled. */
  boolean waitsForPoisonOnly() {
    return begun.values().stream()
        .flatMap(called -> called.stream().filter(number -> !settled.contains(number)).limit(1))
        .allMatch(poison::test);
  }

  /** What was called for and has no verdict. */
  List<String> waiting() {
    return begun.values().stream()
        .flatMap(Set::stream)
        .filter(number -> !settled.contains(number))
        .map(
            number ->
                number
                    + (poison.test(number) ? " poison of " : " good of ")
                    + devices.deviceOf(number))
        .toList();
  }

  int calls() {
    return calls;
  }

  int running() {
    return running;
  }

  /** In how many rows of failures without a success the message failed. */
  int rows(int number) {
    return failedAfter.getOrDefault(number, Set.of()).size();
  }

  /** The SDK says that an attempt has failed. */
  void noteFailure(int number) {
    failedAfter.computeIfAbsent(number, one -> new HashSet<>()).add(successes);
  }

  @Override
  public CompletionStage<?> handle(DeviceMessage message, Delivery delivery) {
    return call(List.of((int) message.timestamp().toEpochMilli()), true);
  }

  @Override
  public CompletionStage<?> handle(List<DeliveredMessage> batch) {
    List<Integer> numbers = new ArrayList<>();
    batch.forEach(each -> numbers.add((int) each.message().timestamp().toEpochMilli()));
    return call(numbers, false);
  }

  private CompletionStage<?> call(List<Integer> numbers, boolean single) {
    calls++;
    boolean probe = begin(numbers);
    if (down && hangs) {
      hang(numbers, probe);
      return new CompletableFuture<Void>();
    }
    if (!later || random.nextInt(4) == 0) {
      RuntimeException failure = finish(numbers, probe, single);
      if (failure == null) {
        return DONE;
      }
      if (random.nextBoolean()) {
        throw failure;
      }
      return CompletableFuture.failedFuture(failure);
    }
    CompletableFuture<Void> stage = new CompletableFuture<>();
    long delay = random.nextInt(200);
    time.schedule(() -> complete(stage, numbers, probe, single), delay, TimeUnit.MILLISECONDS);
    return stage;
  }

  private void complete(
      CompletableFuture<Void> stage, List<Integer> numbers, boolean probe, boolean single) {
    RuntimeException failure = finish(numbers, probe, single);
    if (failure == null) {
      stage.complete(null);
    } else {
      stage.completeExceptionally(failure);
    }
  }

  /** The attempt ends at its deadline, whatever the stage does. */
  private void hang(List<Integer> numbers, boolean probe) {
    time.schedule(() -> leave(numbers, probe), deadline.toMillis() - 1, TimeUnit.MILLISECONDS);
  }

  private boolean begin(List<Integer> numbers) {
    if (ended) {
      violation.accept("a call after the end: " + numbers);
    }
    running++;
    if (running > parallelism) {
      violation.accept(running + " calls at a time, the last for " + numbers);
    }
    Set<Integer> own = new HashSet<>();
    int before = -1;
    for (int number : numbers) {
      int device = devices.deviceOf(number);
      if (own.add(device) && !busy.add(device)) {
        violation.accept("two calls at a time for device " + device + ": " + number);
      }
      TreeSet<Integer> called = begun.computeIfAbsent(device, one -> new TreeSet<>());
      called.add(number);
      if (number < lastSettled.getOrDefault(device, -1) && !settled.contains(number)) {
        violation.accept(number + " was called for after a later one had its verdict");
      }
      for (int earlier : called.headSet(number)) {
        if (!settled.contains(earlier)
            && !numbers.subList(0, numbers.indexOf(number)).contains(earlier)) {
          violation.accept(number + " was called for before " + earlier + " had its verdict");
        }
      }
      before = number;
    }
    return probe(numbers, before);
  }

  private boolean probe(List<Integer> numbers, int last) {
    HandlerOutage present = outage.get();
    if (present == null) {
      return false;
    }
    long now = time.time().nanos().getAsLong();
    if (!present.equals(probed)) {
      probed = present;
      probesRunning = 0;
      lastProbe = Duration.between(VirtualTime.START, present.since()).toNanos();
    }
    if (probesRunning > 0) {
      violation.accept("two probes at a time, the second for " + numbers);
    }
    if (now - lastProbe < shortestInterval.toNanos()) {
      violation.accept(
          "a call in an outage after "
              + Duration.ofNanos(now - lastProbe)
              + ", for "
              + numbers
              + last);
    }
    lastProbe = now;
    probesRunning++;
    return true;
  }

  private void leave(List<Integer> numbers, boolean probe) {
    running--;
    numbers.forEach(number -> busy.remove(devices.deviceOf(number)));
    if (probe) {
      probesRunning = Math.max(0, probesRunning - 1);
    }
  }

  private @Nullable RuntimeException finish(List<Integer> numbers, boolean probe, boolean single) {
    leave(numbers, probe);
    int bad = -1;
    for (int i = 0; i < numbers.size() && bad < 0; i++) {
      bad = poison.test(numbers.get(i)) ? i : -1;
    }
    if (!down && bad < 0) {
      successes++;
      numbers.forEach(this::handledOnce);
      return null;
    }
    RuntimeException cause =
        !down && numbers.get(bad) % 3 == 0 ? new Invalid() : new IllegalStateException("not now");
    return single ? cause : named(cause, bad, numbers.size());
  }

  private RuntimeException named(RuntimeException cause, int bad, int size) {
    return switch (names) {
      case NEVER -> cause;
      case RIGHTLY -> bad < 0 ? cause : BatchFailedException.at(bad, cause);
      case AT_RANDOM -> BatchFailedException.at(random.nextInt(size + 2) - 1, cause);
      case THE_LAST -> BatchFailedException.at(size - 1, cause);
    };
  }

  private void handledOnce(int number) {
    handled.add(number);
    verdict(number);
  }

  @Override
  public void handle(FailedMessage failure) {
    int number = ModelDevices.numberOf(failure.delivery().payload());
    TreeSet<Integer> called = begun.computeIfAbsent(devices.deviceOf(number), d -> new TreeSet<>());
    for (int earlier : called.headSet(number)) {
      if (!settled.contains(earlier)) {
        violation.accept(number + " was given up before " + earlier + " had its verdict");
      }
    }
    lastResort.add(number);
    verdict(number);
  }

  private void verdict(int number) {
    lastSettled.merge(devices.deviceOf(number), number, Math::max);
    if (!settled.add(number) && !mayRepeat.test(number)) {
      violation.accept("message " + number + " was settled twice though its session went on");
    }
  }

  @Override
  public String toString() {
    return (later ? "asynchronous" : "synchronous") + ", names " + names;
  }
}
