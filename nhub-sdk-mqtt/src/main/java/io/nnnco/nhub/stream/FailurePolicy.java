package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happens when a handler fails.
 *
 * <p><b>The rule.</b> A failure counts against a message only if other messages are handled
 * meanwhile. If handlers fail for three devices in a row, with no success between, the SDK assumes
 * an outage of your side: it gives nothing up, tries one message at a time, less and less often,
 * and continues with all of them after the first success.
 *
 * <p><b>The default</b>, {@link #ofDefaults()}: a message that fails while others succeed is
 * retried three times, after about 1, 2 and 4 seconds. Then it is logged as an error, without its
 * payload, and acknowledged. If nothing else arrives, the SDK cannot tell an outage from a bad
 * message, and retries it for ten minutes first. Later messages of the same device wait; other
 * devices go on.
 *
 * <p>A payload that cannot be decoded is not retried: the last resort gets it at once.
 *
 * <p>Immutable and thread-safe; each {@code with} method returns another policy.
 */
public final class FailurePolicy {
  /** Longer than any process runs. */
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private static final FailurePolicy DEFAULTS = new FailurePolicy(new Settings());

  private final Settings settings;

  /** Changed only before its policy exists. */
  private static final class Settings {
    private int retries = 3;
    private Duration retryTime = FOREVER;
    private Duration firstDelay = Duration.ofSeconds(1);
    private Duration maxDelay = Duration.ofSeconds(30);
    private Duration patience = Duration.ofMinutes(10);
    private int outageDevices = 3;
    private Predicate<? super Throwable> retryable = cause -> true;
    private LastResort lastResort = LastResort.SKIP;

    private Settings() {}

    private Settings(Settings other) {
      retries = other.retries;
      retryTime = other.retryTime;
      firstDelay = other.firstDelay;
      maxDelay = other.maxDelay;
      patience = other.patience;
      outageDevices = other.outageDevices;
      retryable = other.retryable;
      lastResort = other.lastResort;
    }
  }

  private FailurePolicy(Settings settings) {
    this.settings = settings;
  }

  private FailurePolicy with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new FailurePolicy(changed);
  }

  /**
   * The default, as described above.
   *
   * @return the policy
   */
  public static FailurePolicy ofDefaults() {
    return DEFAULTS;
  }

  /**
   * How often a message is retried that fails while others succeed.
   *
   * @param count 0 or more
   * @return another policy
   * @throws IllegalArgumentException if the count is negative
   */
  public FailurePolicy withRetries(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("The number of retries must not be negative.");
    }
    return with(
        next -> {
          next.retries = count;
          next.retryTime = FOREVER;
        });
  }

  /**
   * For how long a message is retried that fails while others succeed, in the place of a count.
   *
   * @param time counted from its first failure
   * @return another policy
   * @throws IllegalArgumentException if the time is negative
   */
  public FailurePolicy withRetriesFor(Duration time) {
    notNegative(time, "The time for retries");
    return with(
        next -> {
          next.retries = Integer.MAX_VALUE;
          next.retryTime = time;
        });
  }

  /**
   * Retries every message until it succeeds, except what {@link #retryIf} or {@link #giveUpOn}
   * exclude. A message that can never succeed blocks its device, and all acknowledgements behind
   * it: when the window is full of those, nothing more arrives.
   *
   * @param max the longest delay between two attempts
   * @return another policy
   * @throws IllegalArgumentException if the delay is negative
   */
  public FailurePolicy retryForever(Duration max) {
    notNegative(max, "The delay");
    Duration first = firstDelay().compareTo(max) < 0 ? firstDelay() : max;
    return with(
        next -> {
          next.retries = Integer.MAX_VALUE;
          next.retryTime = FOREVER;
          next.firstDelay = first;
          next.maxDelay = max;
          next.patience = FOREVER;
        });
  }

  /**
   * The delays between attempts, for one message and for an outage. Each is drawn at random from
   * the upper half of a range, so that messages that failed together do not meet again; the range
   * starts at {@code first} and doubles with each failure.
   *
   * @param first the longest first delay; default: 1 second
   * @param max the longest delay; default: 30 seconds
   * @return another policy
   * @throws IllegalArgumentException if a delay is negative, or {@code first} is longer than {@code
   *     max}
   */
  public FailurePolicy withBackoff(Duration first, Duration max) {
    notNegative(first, "The first delay");
    Objects.requireNonNull(max, "max");
    if (first.compareTo(max) > 0) {
      throw new IllegalArgumentException("The first delay must not be longer than the longest.");
    }
    return with(
        next -> {
          next.firstDelay = first;
          next.maxDelay = max;
        });
  }

  /**
   * For how long a message is retried when no other message succeeds or fails meanwhile, as in a
   * fleet of one device: the SDK then cannot tell whether the message or your side is at fault. It
   * gets its retries in any case. Also for how long it waits for a handler that ignores the
   * interrupt at its deadline.
   *
   * @param time counted from its first failure; default: 10 minutes
   * @return another policy
   * @throws IllegalArgumentException if the time is negative
   */
  public FailurePolicy withPatience(Duration time) {
    notNegative(time, "The patience");
    return with(next -> next.patience = time);
  }

  /**
   * How many devices must fail in a row, with no success between, before the SDK assumes an outage
   * of your side.
   *
   * @param devices 2 or more; default: 3
   * @return another policy
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public FailurePolicy withOutageAfter(int devices) {
    if (devices < 2) {
      throw new IllegalArgumentException(
          "One device that fails is no outage: give 2 or more, or use withoutOutageDetection().");
    }
    return with(next -> next.outageDevices = devices);
  }

  /**
   * Counts every failure against its message, whatever happens to others: after its retries, it is
   * given up, in an outage too.
   *
   * @return another policy
   */
  public FailurePolicy withoutOutageDetection() {
    return with(next -> next.outageDevices = 0);
  }

  /**
   * Retries only what the predicate accepts; a message that fails otherwise is given up at once.
   * The predicate is called on any thread, and must not block. If it throws, the message is
   * retried. It replaces what {@code retryIf} and {@code giveUpOn} said before.
   *
   * @param predicate gets what the handler threw
   * @return another policy
   */
  public FailurePolicy retryIf(Predicate<? super Throwable> predicate) {
    Objects.requireNonNull(predicate, "predicate");
    return with(next -> next.retryable = predicate);
  }

  /**
   * Gives a message up at once if its handler throws one of these, or one of their subtypes, such
   * as the error of a validation: a retry cannot help. Looks at what the handler threw, and not at
   * its causes; of a {@link BatchFailedException}, at its cause.
   *
   * @param types added to what {@code retryIf} or {@code giveUpOn} excluded before
   * @return another policy
   */
  @SafeVarargs
  public final FailurePolicy giveUpOn(Class<? extends Throwable>... types) {
    List<Class<?>> poison = new ArrayList<>();
    for (Class<? extends Throwable> type : types) {
      poison.add(Objects.requireNonNull(type, "type"));
    }
    Predicate<? super Throwable> before = settings.retryable;
    return retryIf(
        cause -> before.test(cause) && poison.stream().noneMatch(type -> type.isInstance(cause)));
  }

  /**
   * A message that is given up ends the subscription, and stays with the bridge.
   *
   * @return another policy
   */
  public FailurePolicy thenStop() {
    return then(LastResort.STOP);
  }

  /**
   * A message that is given up is logged, acknowledged and discarded. The default.
   *
   * @return another policy
   */
  public FailurePolicy thenSkip() {
    return then(LastResort.SKIP);
  }

  /**
   * A message that is given up goes to a handler of yours.
   *
   * @param handler gets the message with its bytes; it is acknowledged when the handler has
   *     returned
   * @return another policy
   */
  public FailurePolicy thenHandOver(FailureHandler handler) {
    return then(new LastResort.HandOver(handler));
  }

  private FailurePolicy then(LastResort resort) {
    return with(next -> next.lastResort = resort);
  }

  private static void notNegative(Duration duration, String what) {
    if (Objects.requireNonNull(duration, "duration").isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative.");
    }
  }

  /**
   * How often a message is retried that fails while others succeed.
   *
   * @return {@link Integer#MAX_VALUE} if only the time counts
   */
  public int retries() {
    return settings.retries;
  }

  /**
   * For how long a message is retried that fails while others succeed.
   *
   * @return longer than any process lives if only the number counts
   */
  public Duration retryTime() {
    return settings.retryTime;
  }

  /**
   * The longest delay before the first retry.
   *
   * @return 1 second by default
   */
  public Duration firstDelay() {
    return settings.firstDelay;
  }

  /**
   * The longest delay between two attempts.
   *
   * @return 30 seconds by default
   */
  public Duration maxDelay() {
    return settings.maxDelay;
  }

  /**
   * For how long a message is retried when no other message succeeds or fails meanwhile.
   *
   * @return 10 minutes by default
   */
  public Duration patience() {
    return settings.patience;
  }

  /**
   * How many devices must fail in a row before the SDK assumes an outage.
   *
   * @return 3 by default; 0 if outages are not detected
   */
  public int outageDevices() {
    return settings.outageDevices;
  }

  /**
   * Whether a retry may help.
   *
   * @param cause what the handler threw
   * @return false if the message is to be given up at once
   */
  public boolean isRetryable(Throwable cause) {
    return settings.retryable.test(cause);
  }

  /**
   * What happens to a message that is given up.
   *
   * @return skip by default
   */
  public LastResort lastResort() {
    return settings.lastResort;
  }

  private static String text(Duration duration) {
    return duration.equals(FOREVER) ? "ever" : DurationText.of(duration);
  }

  /** The settings in short, for logs. */
  @Override
  public String toString() {
    return "FailurePolicy[retries="
        + (retries() == Integer.MAX_VALUE ? "for " + text(retryTime()) : String.valueOf(retries()))
        + " after "
        + text(firstDelay())
        + " to "
        + text(maxDelay())
        + ", patience="
        + text(patience())
        + ", outageDevices="
        + outageDevices()
        + ", then "
        + lastResort()
        + "]";
  }
}
