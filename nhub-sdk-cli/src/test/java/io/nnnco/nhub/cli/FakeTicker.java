package io.nnnco.nhub.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves only when a test says so; its tasks run on the test's thread. */
final class FakeTicker implements Ticker {
  private final AtomicLong seconds = new AtomicLong();
  private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

  @Override
  public long nanos() {
    return seconds.get() * 1_000_000_000;
  }

  @Override
  public Ticking everySecond(Runnable task) {
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  void passSeconds(int count) {
    for (int i = 0; i < count; i++) {
      seconds.incrementAndGet();
      tasks.forEach(Runnable::run);
    }
  }

  boolean isInUse() {
    return !tasks.isEmpty();
  }
}
