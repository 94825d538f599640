package io.nnnco.nhub.testkit.internal.fault;

import io.nnnco.nhub.testkit.Fault;
import io.nnnco.nhub.testkit.Occurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The scripted faults. Every matching fault sees an opportunity, and at most one takes it: the
 * first injected of those whose turn it is; the others wait for the next one. Not thread-safe.
 *
 * @param <F> the kind of fault
 */
public final class FaultQueue<F extends Fault> {
  private final List<Armed<F>> armed = new ArrayList<>();

  /** Injects a fault from now on. */
  public Pending<F> add(F fault, Occurrence when) {
    Armed<F> added = new Armed<>(fault, when);
    armed.add(added);
    return added.pending();
  }

  /** Those that have not happened as often as they should, in the order of their injection. */
  public List<Pending<F>> pending() {
    return armed.stream().map(Armed::pending).toList();
  }

  /** Takes one of them back; returns whether it was there. */
  public boolean remove(long number) {
    return armed.removeIf(candidate -> candidate.number == number);
  }

  /** Those that have never happened, though they were to happen at a certain opportunity. */
  public List<F> unused() {
    return armed.stream()
        .filter(fault -> fault.taken == 0 && fault.mustHappen())
        .map(fault -> fault.fault)
        .toList();
  }

  /** Clears all of them. */
  public void clear() {
    armed.clear();
  }

  /** The fault that takes this opportunity, or null if none does. */
  public @Nullable F take(Predicate<? super F> suits, @Nullable String clientId) {
    if (armed.isEmpty()) {
      return null;
    }
    Armed<F> taker = null;
    for (Armed<F> candidate : armed) {
      if (suits.test(candidate.fault) && candidate.sees(clientId) && taker == null) {
        taker = candidate;
      }
    }
    if (taker == null) {
      return null;
    }
    if (++taker.taken == taker.when.times()) {
      armed.remove(taker);
    }
    return taker.fault;
  }

  /**
   * A fault that can still happen.
   *
   * @param number of all faults of this JVM
   * @param fault the fault
   * @param when at which of its opportunities
   * @param taken how often it has happened
   */
  public record Pending<F>(long number, F fault, Occurrence when, int taken) {}

  private static final class Armed<F> {
    private static final AtomicLong NUMBERS = new AtomicLong();

    final long number = NUMBERS.incrementAndGet();
    final F fault;
    final Occurrence when;
    final Random chance;
    int seen;
    int taken;

    Armed(F fault, Occurrence when) {
      this.fault = fault;
      this.when = when;
      this.chance = new Random(when.seed());
    }

    Pending<F> pending() {
      return new Pending<>(number, fault, when, taken);
    }

    boolean mustHappen() {
      return when.probability() >= 1 && when.times() < Integer.MAX_VALUE;
    }

    /** Counts an opportunity, and returns whether to take it. */
    boolean sees(@Nullable String clientId) {
      if (when.clientId() != null && !when.clientId().equals(clientId)) {
        return false;
      }
      if (seen < when.skip()) {
        seen++;
        return false;
      }
      return when.probability() >= 1 || chance.nextDouble() < when.probability();
    }
  }
}
