package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.FailurePolicy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the failures of one message prove. A row ends with each success of another message. */
class FailuresTest {
  private static final FailurePolicy POLICY = FailurePolicy.ofDefaults();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final IOException cause = new IOException("down");
  private final Failures failures = new Failures(0, 0, cause);

  private void failInOutageOf(long row) {
    failures.belongToOutage(row);
    failures.add(row + 1, cause);
  }

  @Test
  void othersSucceedBetween_asOftenAsTheRetries_areOfTheMessage() {
    failures.add(1, cause);
    failures.add(2, cause);
    assertFalse(failures.areOfTheMessage(POLICY.withRetries(3), 0));
    failures.add(3, cause);
    assertTrue(failures.areOfTheMessage(POLICY.withRetries(3), 0));
  }

  @Test
  void nothingSucceedsBetween_proveNothing() {
    for (int i = 0; i < 10; i++) {
      failures.add(0, cause);
    }
    assertFalse(failures.areOfTheMessage(POLICY, MINUTE.toNanos()));
    assertFalse(failures.wereAlone());
    assertTrue(failures.areEnough(POLICY, 0));
  }

  @Test
  void withoutRetries_theFirstProvesNothing_theNextAfterASuccessDoes() {
    assertFalse(failures.areOfTheMessage(POLICY.withRetries(0), 0));
    failures.add(1, cause);
    assertTrue(failures.areOfTheMessage(POLICY.withRetries(0), 0));
  }

  @Test
  void inThreeOutages_areOfTheMessage_howeverFewTheRetries() {
    FailurePolicy once = POLICY.withRetries(1);
    failInOutageOf(0);
    failInOutageOf(1);
    assertFalse(failures.areOfTheMessage(once, 0), "two may be chance");
    failInOutageOf(2);
    assertTrue(failures.areOfTheMessage(once, 0));
    assertFalse(failures.wereAlone());
  }

  @Test
  void retriesForATime_isOver_areOfTheMessage_onlyIfOthersSucceededMeanwhile() {
    FailurePolicy minute = POLICY.withRetriesFor(MINUTE);
    assertFalse(failures.areOfTheMessage(minute, MINUTE.toNanos()));
    failures.add(1, cause);
    assertFalse(failures.areOfTheMessage(minute, MINUTE.toNanos() - 1));
    assertTrue(failures.areOfTheMessage(minute, MINUTE.toNanos()));
  }

  @Test
  void retriesForATime_isOver_inThreeOutages_areOfTheMessage() {
    FailurePolicy minute = POLICY.withRetriesFor(MINUTE);
    failInOutageOf(0);
    failInOutageOf(1);
    assertFalse(failures.areOfTheMessage(minute, MINUTE.toNanos()));
    failInOutageOf(2);
    assertTrue(failures.areOfTheMessage(minute, MINUTE.toNanos()));
  }

  @Test
  void retriesForATime_areEnoughWhenItIsOver() {
    FailurePolicy minute = POLICY.withRetriesFor(MINUTE);
    assertFalse(failures.areEnough(minute, MINUTE.toNanos() - 1));
    assertTrue(failures.areEnough(minute, MINUTE.toNanos()));
  }

  @Test
  void belongToOutage_ofAnEarlierRow_leavesTheLastFailureAlone() {
    failures.add(1, cause);
    failures.belongToOutage(0);
    failures.add(2, cause);
    assertTrue(failures.areOfTheMessage(POLICY.withRetries(2), 0));
  }

  @Test
  void afterAnOutage_theNextFailureIsAloneAgain() {
    failInOutageOf(0);
    failures.add(2, cause);
    assertTrue(failures.wereAlone());
  }

  @Test
  void belongToOutage_delaysBeginAnew() {
    failures.add(0, cause);
    failures.add(0, cause);
    assertEquals(3, failures.sinceOutage());
    failures.belongToOutage(0);
    assertEquals(0, failures.sinceOutage());
    failures.add(1, cause);
    assertEquals(1, failures.sinceOutage());
    assertEquals(4, failures.total());
  }

  @Test
  void withoutRetries_aSuccessOfAnother_isEnough_butForAnOutage() {
    FailurePolicy none = POLICY.withRetries(0);
    assertFalse(failures.areOfTheMessageWithoutRetry(none, 0));
    assertTrue(failures.areOfTheMessageWithoutRetry(none, 1));
    assertFalse(failures.areOfTheMessageWithoutRetry(POLICY.withRetries(1), 1));
    failures.belongToOutage(0);
    assertFalse(failures.areOfTheMessageWithoutRetry(none, 1));
  }

  @Test
  void cause_isTheLast() {
    IOException last = new IOException("still down");
    failures.add(0, last);
    assertSame(last, failures.cause());
  }
}
