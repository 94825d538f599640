package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.SubscriptionState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveDisplayTest {
  private static final StatsLine SLOW =
      new StatsLine(SubscriptionState.SUBSCRIBED, StatsSamples.busy(), 3);
  private static final StatsLine FAST =
      new StatsLine(SubscriptionState.SUBSCRIBED, StatsSamples.busy(), 9_850);

  private final FakeTerminal terminal = new FakeTerminal();
  private final StringWriter pipe = new StringWriter();

  private LiveDisplay display(int columns) {
    Screen screen = new Screen(columns, true, true);
    return new LiveDisplay(screen, new Paint(false), terminal.writer(), terminal.writer());
  }

  private static String shown(StatsLine status, int columns) {
    return status.fitting(columns - 2, new Bar(true), new Paint(false));
  }

  @Test
  void status_thatChanges_replacesTheOneBefore() {
    LiveDisplay display = display(80);

    display.status(FAST);
    display.status(SLOW);

    assertEquals(List.of(shown(SLOW, 80)), terminal.rows());
  }

  @Test
  void linesOfAnyKind_goAboveTheStatus_andDoNotMixWithIt() {
    LiveDisplay display = display(80);
    display.message("one");
    display.status(FAST);

    display.message("two");
    display.notice("nhub: reconnected.");

    assertEquals(List.of("one", "two", "nhub: reconnected.", shown(FAST, 80)), terminal.rows());
  }

  @Test
  void status_thatIsCleared_leavesNothingBehind_andIsNotWrittenAgain() {
    LiveDisplay display = display(80);
    display.status(FAST);

    display.clearStatus();
    display.notice("nhub: 0 shown");

    assertEquals(List.of("nhub: 0 shown"), terminal.rows());
    assertTrue(terminal.all().endsWith("\u001b[Knhub: 0 shown\n"), terminal.all());
  }

  @Test
  void display_withoutAStatus_writesNoControlSequence() {
    LiveDisplay display = display(80);

    display.message("one");
    display.clearStatus();

    assertEquals("one\n", terminal.all());
  }

  @Test
  void status_onANarrowTerminal_leavesRoomForTheEchoOfCtrlC() {
    LiveDisplay display = display(40);

    display.status(FAST);

    assertEquals(List.of("9,850/s   lag 45 ms   ████████░░  81 %"), terminal.rows());
  }

  /** A window that is made narrower must not fill up with pieces of old lines. */
  @Test
  void status_isWrittenWithTheTerminalsWrappingOff() {
    display(80).status(FAST);

    assertTrue(terminal.all().startsWith("\r\u001b[K\u001b[?7l9,850/s"), terminal.all());
    assertTrue(terminal.all().endsWith("\u001b[?7h"), terminal.all());
  }

  @Test
  void status_onATerminalWithoutUnicode_isAscii() {
    Screen screen = new Screen(80, true, false);
    new LiveDisplay(screen, new Paint(false), terminal.writer(), terminal.writer()).status(FAST);

    assertTrue(terminal.rows().get(0).contains("window ########..  81 %"), terminal.all());
  }

  @Test
  void messages_intoAPipe_areJustTheMessages_andLeaveTheStatusAlone() {
    Screen screen = new Screen(80, false, true);
    LiveDisplay display =
        new LiveDisplay(screen, new Paint(false), new PrintWriter(pipe, true), terminal.writer());
    display.status(FAST);
    String before = terminal.all();

    display.message("{}");

    assertEquals("{}\n", pipe.toString());
    assertEquals(before, terminal.all());
  }

  @Test
  void message_whoseReaderHasGone_isNotWritten() {
    PrintWriter gone = new PrintWriter(pipe);
    gone.close();
    for (boolean showsOutput : new boolean[] {true, false}) {
      Screen screen = new Screen(80, showsOutput, true);

      assertFalse(
          new LiveDisplay(screen, new Paint(false), gone, terminal.writer()).message("one"));
    }
  }
}
