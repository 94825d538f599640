package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MessageRateTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void rate_isOfTheTimeThatHasPassed_howeverLongTheTicksWere() {
    MessageRate rate = new MessageRate(-7 * SECOND);

    assertEquals(50, rate.sample(-6 * SECOND, 50));
    assertEquals(30, rate.sample(-2 * SECOND, 150));
  }

  @Test
  void rate_ofAMessageEveryTwoSeconds_doesNotJumpWithEachMessage() {
    MessageRate rate = new MessageRate(0);
    for (int second = 1; second <= 5; second++) {
      rate.sample(second * SECOND, second / 2);
    }

    assertEquals(0.4, rate.sample(6 * SECOND, 3), 0.21);
    assertEquals(0.6, rate.sample(7 * SECOND, 3), 0.21);
  }

  @Test
  void rate_afterASurge_isThatOfTheLastFiveSeconds() {
    MessageRate rate = new MessageRate(0);
    rate.sample(SECOND, 10_000);
    for (int second = 2; second <= 5; second++) {
      rate.sample(second * SECOND, 10_000);
    }

    assertEquals(0, rate.sample(6 * SECOND, 10_000));
  }

  @Test
  void rate_ofNoTimeAtAll_isANumber() {
    assertEquals(0, new MessageRate(5).sample(5, 0));
  }
}
