package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatsLineTest {
  private static final Paint PLAIN = new Paint(false);
  private static final Bar BAR = new Bar(true);

  private static StatsLine subscribed(SubscriptionStats stats, double rate) {
    return new StatsLine(SubscriptionState.SUBSCRIBED, stats, rate);
  }

  private static String wide(StatsLine line) {
    return line.fitting(200, BAR, PLAIN);
  }

  @Test
  void line_onAnUsualTerminal_hasEverything() {
    assertEquals(
        "9,850/s   lag 45 ms   window ████████░░  81 %  in flight 812    reconnects 1",
        subscribed(StatsSamples.busy(), 9_850).fitting(78, BAR, PLAIN));
  }

  @Test
  void line_forALog_hasNoBarAndNoPadding() {
    assertEquals(
        "9,850/s, lag 45 ms, window 81 %, in flight 812, reconnects 1",
        subscribed(StatsSamples.busy(), 9_850).plain());
  }

  @Test
  void line_beforeTheFirstMessage_hasNoLag_andNoReconnects() {
    assertEquals(
        "0.0/s, lag -, window 0 %, in flight 0",
        subscribed(StatsSamples.of(null, 0, 0, 0), 0).plain());
  }

  @Test
  void line_onANarrowTerminal_leavesOutWhatDoesNotFit() {
    StatsLine line = subscribed(StatsSamples.busy(), 9_850);

    assertEquals("9,850/s   lag 45 ms   ████████░░  81 %", line.fitting(38, BAR, PLAIN));
    assertEquals("9,850/s   lag 45 ms   in flight 812", line.fitting(37, BAR, PLAIN));
    assertEquals("9,850/s", line.fitting(10, BAR, PLAIN));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 38, 60, 78, 120})
  void line_ofAnyWidth_isNotLonger_colouredOrNot(int columns) {
    StatsLine line =
        new StatsLine(
            SubscriptionState.WAITING,
            StatsSamples.of(Duration.ofHours(90), 7, 65_535, 1_000_000),
            1_234_567);

    String plain = line.fitting(columns, BAR, PLAIN);

    assertTrue(plain.length() <= columns, plain);
    assertEquals(
        plain, line.fitting(columns, BAR, new Paint(true)).replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void line_whoseFieldsGrowToTheirUsualLength_doesNotMoveTheBar() {
    String slow = wide(subscribed(StatsSamples.of(Duration.ofMillis(5), 0.01, 9, 0), 0.5));
    String fast = wide(subscribed(StatsSamples.of(Duration.ofMillis(999), 1, 900, 0), 12_345));

    assertEquals(slow.indexOf("window"), fast.indexOf("window"));
    assertEquals(slow.indexOf("in flight"), fast.indexOf("in flight"));
  }

  @ParameterizedTest
  @EnumSource(SubscriptionState.class)
  void state_isShownFirst_unlessItIsTheUsualOne(SubscriptionState state) {
    String line = new StatsLine(state, StatsSamples.busy(), 3).fitting(38, BAR, PLAIN);

    assertEquals(state == SubscriptionState.SUBSCRIBED, line.startsWith("3.0/s"), line);
    assertTrue(line.contains("3.0/s"), line);
  }

  @Test
  void state_whileDisconnected_isWaitingToReconnect() {
    StatsLine line = new StatsLine(SubscriptionState.WAITING, StatsSamples.busy(), 0);

    assertTrue(line.plain().startsWith("waiting to reconnect, 0.0/s, "), line.plain());
  }

  @ParameterizedTest
  @CsvSource({
    "45, 45 ms",
    "-200, -200 ms",
    "1200, 1.2 s",
    "-1500, -1.5 s",
    "59949, 59.9 s",
    "200000, 3 min 20 s",
    "7199999, 1 h 59 min",
  })
  void lag_isAsFineAsItMatters(long millis, String text) {
    String line = subscribed(StatsSamples.of(Duration.ofMillis(millis), 0, 0, 0), 1).plain();

    assertTrue(line.contains(" lag " + text + ","), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0.04|0.0/s", "0.25|0.3/s", "9.94|9.9/s", "9.96|10/s", "12345.6|12,346/s"})
  void rate_hasADecimalWhileItIsSmall(double rate, String text) {
    String line = subscribed(StatsSamples.busy(), rate).plain();

    assertTrue(line.startsWith(text + ", "), line);
  }

  @ParameterizedTest
  @CsvSource({"0.29, 29", "0.999, 99", "1, 100", "1.5, 100"})
  void window_isFullOnlyIfItIs(double used, int percent) {
    String line = subscribed(StatsSamples.of(null, used, 0, 0), 1).plain();

    assertTrue(line.contains("window " + percent + " %,"), line);
  }

  @ParameterizedTest
  @CsvSource({"0.49, 32", "0.5, 33", "0.89, 33", "0.9, 31"})
  void window_asItFills_turnsGreenYellowRed(double used, int colour) {
    String line =
        subscribed(StatsSamples.of(null, used, 0, 0), 1).fitting(78, BAR, new Paint(true));

    assertTrue(line.contains("\u001b[" + colour + "mwindow "), line);
  }
}
