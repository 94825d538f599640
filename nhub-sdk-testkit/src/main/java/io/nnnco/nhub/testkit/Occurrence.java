package io.nnnco.nhub.testkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a fault happens. Each fault has opportunities (each TLS handshake, each CONNECT, each
 * PUBLISH that the bridge is about to write, …), counted from the moment at which it is injected;
 * an occurrence says which of them it takes.
 *
 * <p>{@code Occurrence.once()} takes the first, {@code once().after(2)} the third, {@code
 * once().onClient("a")} the first of client {@code a}; {@code randomly(0.1, 42)} takes each with a
 * probability of one in ten, and the same ones in every run with that seed. Immutable.
 *
 * @param skip how many opportunities to skip first
 * @param times how many to take after that; {@link Integer#MAX_VALUE} for all
 * @param probability the probability, 0 to 1, that one of those is taken; 1 for certain
 * @param seed the seed that makes the choice repeatable
 * @param clientId only opportunities of this client are counted; null for those of any client
 */
public record Occurrence(
    int skip, int times, double probability, long seed, @Nullable String clientId) {
  /**
   * Checks the numbers.
   *
   * @param skip how many opportunities to skip first
   * @param times how many to take after that
   * @param probability the probability that one of those is taken
   * @param seed the seed that makes the choice repeatable
   * @param clientId only opportunities of this client are counted; null for any
   * @throws IllegalArgumentException if {@code skip} is negative, {@code times} less than 1, or the
   *     probability not within 0 to 1
   */
  public Occurrence {
    if (skip < 0 || times < 1 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "skip >= 0, times >= 1 and 0 <= probability <= 1 are needed, not "
              + skip
              + ", "
              + times
              + ", "
              + probability);
    }
  }

  /**
   * Only the next opportunity.
   *
   * @return that occurrence
   */
  public static Occurrence once() {
    return times(1);
  }

  /**
   * The next few opportunities.
   *
   * @param times how many, at least 1
   * @return that occurrence
   */
  public static Occurrence times(int times) {
    return new Occurrence(0, times, 1, 0, null);
  }

  /**
   * Every opportunity, until the faults are cleared.
   *
   * @return that occurrence
   */
  public static Occurrence always() {
    return times(Integer.MAX_VALUE);
  }

  /**
   * Each opportunity with the same probability, and the same ones in every run.
   *
   * @param probability the probability, 0 to 1
   * @param seed the seed that makes the choice repeatable
   * @return that occurrence
   */
  public static Occurrence randomly(double probability, long seed) {
    return new Occurrence(0, Integer.MAX_VALUE, probability, seed, null);
  }

  /**
   * Returns this occurrence, some opportunities later.
   *
   * @param skip how many opportunities to skip first
   * @return that occurrence
   */
  public Occurrence after(int skip) {
    return new Occurrence(skip, times, probability, seed, clientId);
  }

  /**
   * Returns this occurrence, counting the opportunities of one client only. During a TLS handshake
   * no client id is known yet, so a fault of the handshake then never happens.
   *
   * @param clientId the client
   * @return that occurrence
   */
  public Occurrence onClient(String clientId) {
    return new Occurrence(
        skip, times, probability, seed, Objects.requireNonNull(clientId, "clientId"));
  }
}
