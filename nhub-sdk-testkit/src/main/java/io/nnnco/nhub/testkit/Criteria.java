package io.nnnco.nhub.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The criteria for an entry of a journal, one by one, so that a failure can say which of them an
 * entry misses:
 *
 * <pre>{@code
 * fake.connects().verify(1, Criteria
 *     .where("protocolLevel", ConnectRecord::protocolLevel, 5)
 *     .and("accepted", ConnectRecord::accepted, true));
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param <T> the type of entries
 */
public final class Criteria<T> {
  private record Criterion<T>(
      String description, Function<T, @Nullable Object> actual, Predicate<T> test) {}

  private final List<Criterion<T>> criteria;

  private Criteria(List<Criterion<T>> criteria) {
    this.criteria = List.copyOf(criteria);
  }

  /**
   * Creates criteria that match any entry.
   *
   * @param <T> the type of entries
   * @return criteria that every entry meets
   */
  public static <T> Criteria<T> any() {
    return new Criteria<>(List.of());
  }

  /**
   * Creates criteria for a value.
   *
   * @param <T> the type of entries
   * @param name the value's name in failures
   * @param value gets the value
   * @param expected what it must equal, or null
   * @return the criteria
   */
  public static <T> Criteria<T> where(
      String name, Function<T, @Nullable Object> value, @Nullable Object expected) {
    return Criteria.<T>any().and(name, value, expected);
  }

  /**
   * Returns these criteria with one more value.
   *
   * @param name the value's name in failures
   * @param value gets the value
   * @param expected what it must equal, or null
   * @return the narrower criteria
   */
  public Criteria<T> and(
      String name, Function<T, @Nullable Object> value, @Nullable Object expected) {
    return with(
        new Criterion<>(
            name + " = " + expected, value, entry -> Objects.equals(value.apply(entry), expected)));
  }

  /**
   * Returns these criteria with one more condition.
   *
   * @param description the condition in words, for failures
   * @param condition the condition
   * @return the narrower criteria
   */
  public Criteria<T> andThat(String description, Predicate<? super T> condition) {
    return with(new Criterion<>(description, entry -> "not so", condition::test));
  }

  boolean matches(T entry) {
    return misses(entry).isEmpty();
  }

  int missCount(T entry) {
    return misses(entry).size();
  }

  /** What an entry misses, one line each. */
  String describeMisses(T entry) {
    return misses(entry).stream()
        .map(miss -> "expected " + miss.description() + ", but was " + miss.actual().apply(entry))
        .collect(Collectors.joining("; "));
  }

  private List<Criterion<T>> misses(T entry) {
    return criteria.stream().filter(criterion -> !criterion.test().test(entry)).toList();
  }

  private Criteria<T> with(Criterion<T> more) {
    List<Criterion<T>> all = new ArrayList<>(criteria);
    all.add(more);
    return new Criteria<>(all);
  }

  /** The criteria in words. */
  @Override
  public String toString() {
    return criteria.isEmpty()
        ? "anything"
        : criteria.stream().map(Criterion::description).collect(Collectors.joining(" and "));
  }
}
