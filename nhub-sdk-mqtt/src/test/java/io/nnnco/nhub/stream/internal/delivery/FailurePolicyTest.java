package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What each setting of the policy does to one message that always fails. */
class FailurePolicyTest extends PipelineFixture {
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

  private final List<FailedMessage> dead = new ArrayList<>();
  private final List<Duration> calls = new ArrayList<>();
  private Throwable failure = new IOException("down");

  /** Runs for a while; another device's message succeeds every half second if told so. */
  private void run(FailurePolicy policy, Duration howLong, boolean othersSucceed) {
    options.window(10_000).failurePolicy(policy.thenHandOver(dead::add));
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              if (message.deviceId().equals("good")) {
                return note(message);
              }
              calls.add(Duration.ofNanos(time.time().nanos().getAsLong()));
              return CompletableFuture.failedFuture(failure);
            });
    arrive(pipeline, uplink(1, "bad", 1));
    for (int i = 0; i < howLong.toMillis() / 500; i++) {
      if (othersSucceed) {
        arrive(pipeline, uplink(2 + i, "good", 2 + i));
      }
      time.advance(Duration.ofMillis(500));
    }
  }

  @Test
  void defaults_othersSucceed_givesUpAfterThreeRetries() {
    run(FailurePolicy.ofDefaults(), Duration.ofSeconds(8), true);
    assertEquals(List.of(0L, 1L, 3L, 7L), calls.stream().map(Duration::toSeconds).toList());
    assertEquals(1, dead.size());
  }

  @Test
  void withRetries_none_givesUpOnceAnotherMessageHasSucceeded_withoutCallingAgain() {
    run(FailurePolicy.ofDefaults().withRetries(0), Duration.ofSeconds(2), true);
    assertEquals(1, calls.size());
    assertEquals(1, dead.size());
  }

  @Test
  void withRetriesFor_aTime_givesUpWhenItIsOver() {
    run(
        FailurePolicy.ofDefaults().withRetriesFor(Duration.ofMinutes(2)),
        Duration.ofMinutes(3),
        true);
    assertEquals(1, dead.size());
    assertEquals(2, calls.get(calls.size() - 1).toMinutes());
  }

  @Test
  void withPatience_zero_nothingElseArrives_givesUpAfterTheRetries() {
    run(FailurePolicy.ofDefaults().withPatience(Duration.ZERO), Duration.ofSeconds(8), false);
    assertEquals(4, calls.size());
    assertEquals(1, dead.size());
  }

  @Test
  void retryForever_neverGivesUp_andWaitsNoLongerThanItsDelay() {
    run(
        FailurePolicy.ofDefaults().retryForever(Duration.ofSeconds(10)),
        Duration.ofMinutes(30),
        true);
    assertEquals(List.of(), dead);
    int last = calls.size() - 1;
    assertEquals(Duration.ofSeconds(10), calls.get(last).minus(calls.get(last - 1)));
  }

  @Test
  void giveUpOn_itsType_givesUpAtOnce() {
    failure = new java.io.UncheckedIOException(new IOException("not that one"));
    FailurePolicy policy =
        FailurePolicy.ofDefaults()
            .giveUpOn(IllegalArgumentException.class, ArithmeticException.class);
    run(policy, Duration.ofSeconds(1), false);
    assertEquals(List.of(), dead);

    failure = new NumberFormatException("a subtype");
    run(policy, Duration.ofSeconds(1), false);
    assertEquals(1, dead.size());
    assertEquals(1, dead.get(0).attempts());
  }

  @Test
  void retryIf_predicateThatThrows_retries() {
    run(
        FailurePolicy.ofDefaults()
            .retryIf(
                cause -> {
                  throw new IllegalStateException("a bug of the user's");
                }),
        Duration.ofSeconds(4),
        false);
    assertEquals(3, calls.size());
    assertEquals(List.of(), dead);
  }

  @Test
  void withBackoff_longestDurations_doesNotOverflow() {
    run(
        FailurePolicy.ofDefaults().withBackoff(LONGEST, LONGEST).withPatience(LONGEST),
        Duration.ofSeconds(2),
        false);
    assertEquals(1, calls.size(), "the first retry is 292 years away");
  }

  @Test
  void withoutOutageDetection_nothingSucceeds_givesUpAfterTheRetries() {
    run(FailurePolicy.ofDefaults().withoutOutageDetection(), Duration.ofSeconds(8), false);
    assertEquals(4, calls.size());
    assertEquals(1, dead.size());
  }

  @Test
  void toString_namesWhatCounts() {
    assertEquals(
        "FailurePolicy[retries=3 after 1 s to 30 s, patience=10 min, outageDevices=3, then skip]",
        FailurePolicy.ofDefaults().toString());
    assertEquals(
        "FailurePolicy[retries=for 2 min after 1 s to 30 s, patience=10 min, outageDevices=0, then"
            + " stop]",
        FailurePolicy.ofDefaults()
            .withRetriesFor(Duration.ofMinutes(2))
            .withoutOutageDetection()
            .thenStop()
            .toString());
    assertEquals(
        "FailurePolicy[retries=for ever after 1 s to 1 min, patience=ever, outageDevices=3, then"
            + " skip]",
        FailurePolicy.ofDefaults().retryForever(Duration.ofMinutes(1)).toString());
  }

  @Test
  void settings_thatMakeNoSense_areRefused() {
    FailurePolicy policy = FailurePolicy.ofDefaults();
    Duration negative = Duration.ofMillis(-1);
    assertThrows(IllegalArgumentException.class, () -> policy.withRetries(-1));
    assertThrows(IllegalArgumentException.class, () -> policy.withRetriesFor(negative));
    assertThrows(IllegalArgumentException.class, () -> policy.withPatience(negative));
    assertThrows(IllegalArgumentException.class, () -> policy.retryForever(negative));
    assertThrows(
        IllegalArgumentException.class,
        () -> policy.withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> policy.withOutageAfter(1));
  }
}
