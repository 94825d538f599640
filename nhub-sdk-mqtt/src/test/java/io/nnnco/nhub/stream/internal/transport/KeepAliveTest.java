package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.internal.transport.KeepAlive.Action;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A keep-alive of 60 seconds, looked at every 15; all numbers are seconds. */
class KeepAliveTest {
  private static final String BUSY_BOTH_WAYS =
      """
      now read written reading
       15   14      14 yes     | NONE
       30   29      29 yes     | NONE
       45   44      44 yes     | NONE
      """;

  private static final String QUIET_FLEET_AND_EVERY_PING_ANSWERED =
      """
      now read written reading
       15    0       0 yes     | NONE
       30    0       0 yes     | PING
       45   31      30 yes     | NONE
       60   31      30 yes     | PING
       75   61      60 yes     | NONE
       90   61      60 yes     | PING
      """;

  private static final String MESSAGES_COME_AND_NOTHING_IS_SENT =
      """
      now read written reading
       15   14       0 yes     | NONE
       30   29       0 yes     | PING
       45   44      30 yes     | NONE
       60   59      30 yes     | PING
      """;

  private static final String ACKNOWLEDGEMENTS_GO_OUT_INTO_A_DEAD_LINK =
      """
      now read written reading
       15    0      14 yes     | NONE
       30    0      29 yes     | PING
       45    0      44 yes     | NONE
       60    0      59 yes     | GIVE_UP
      """;

  private static final String DEAD_LINK =
      """
      now read written reading
       30    0       0 yes     | PING
       45    0      30 yes     | NONE
       60    0      30 yes     | GIVE_UP
      """;

  private static final String NOT_READING_AN_ANSWER_CANNOT_BE_MISSED =
      """
      now read written reading
       30    0       0 no      | PING
       45    0      30 no      | NONE
       60    0      30 no      | PING
       75    0      60 no      | NONE
       90    0      60 no      | PING
      """;

  private static final String READING_STOPS_BEFORE_THE_ANSWER_AND_GOES_ON =
      """
      now read written reading
       30    0       0 yes     | PING
       45    0      30 no      | NONE
       60    0      30 no      | PING
       75   74      60 yes     | NONE
       90   74      60 yes     | PING
      105   91      90 yes     | NONE
      """;

  @Test
  void schedules() {
    List.of(
            BUSY_BOTH_WAYS,
            QUIET_FLEET_AND_EVERY_PING_ANSWERED,
            MESSAGES_COME_AND_NOTHING_IS_SENT,
            ACKNOWLEDGEMENTS_GO_OUT_INTO_A_DEAD_LINK,
            DEAD_LINK,
            NOT_READING_AN_ANSWER_CANNOT_BE_MISSED,
            READING_STOPS_BEFORE_THE_ANSWER_AND_GOES_ON)
        .forEach(KeepAliveTest::check);
  }

  private static void check(String schedule) {
    KeepAlive keepAlive = new KeepAlive(Duration.ofSeconds(60));
    for (String line : schedule.lines().skip(1).toList()) {
      String[] cells = line.trim().split("[ |]+", -1);
      Action action =
          keepAlive.check(
              seconds(cells[0]), seconds(cells[1]), seconds(cells[2]), cells[3].equals("yes"));
      assertEquals(Action.valueOf(cells[4]), action, () -> line + " in\n" + schedule);
    }
  }

  private static long seconds(String cell) {
    return Duration.ofSeconds(Long.parseLong(cell)).toNanos();
  }

  @Test
  void period_isAQuarter_soThatADeadLinkIsGivenUpWithinTheKeepAlive() {
    assertEquals(Duration.ofSeconds(15), new KeepAlive(Duration.ofSeconds(60)).period());
    assertEquals(Duration.ofMillis(250), new KeepAlive(Duration.ofSeconds(1)).period());
  }
}
