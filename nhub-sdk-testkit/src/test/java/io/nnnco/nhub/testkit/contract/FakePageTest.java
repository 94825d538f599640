package io.nnnco.nhub.testkit.contract;

import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import io.nnnco.nhub.testkit.VirtualClock;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page of a fake in a real browser. What is done there is in {@code src/test/node/page}. Each
 * case also fails if the browser complains, or asks another server for anything.
 */
final class FakePageTest {
  private static PageBrowser browser;
  private FakeNHub fake = builder().control().start();

  @BeforeAll
  static void open() {
    browser = PageBrowser.start();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  private static FakeNHubBuilder builder() {
    return FakeNHub.builder().leakCheck(false).faultCheck(false);
  }

  private URI page() {
    return fake.control().page();
  }

  @Test
  void message_published_isSeenWithinASecond() {
    browser.check("messageIsSeen", page());
  }

  @ParameterizedTest
  @ValueSource(strings = {"filters", "pauses"})
  void messages_thatFlow_canBeFilteredAndPaused(String name) {
    browser.check(name, page());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extremesAreShownAsSent",
        "devicesOfTwoEnterprisesAreTwo",
        "unseenCharactersAreShown"
      })
  void messages_thatAreOdd_areShownAsTheyAre(String name) {
    browser.check(name, page());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hugePayloadsAreNotKept", "hiddenTabDoesNotPileUp"})
  void memory_whateverComes_isBounded(String name) {
    browser.check(name, page());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "figuresKeepUpWithTheJournal",
        "gapIsSaid",
        "rateIsRight",
        "brokenStreamIsSaidInWords",
        "streamIsReadWhereverItIsCut"
      })
  void flood_ofEntries_holdsUpNothing_andGapsAreSaid(String name) {
    browser.check(name, page());
  }

  @ParameterizedTest
  @ValueSource(strings = {"focusStaysInLists", "doubleClickActsOnce"})
  void list_thatChanges_keepsTheFocus_andIsPressedOnce(String name) {
    browser.check(name, page());
  }

  @Test
  void markup_inWhatClientsSend_isText() {
    browser.check("markupIsText", page());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publishesAMessage",
        "publishesBytes",
        "keyboardPublishes",
        "numbersThatWouldChangeAreNotPublished"
      })
  void publish_fromTheForm_reachesASubscriber(String name) {
    browser.check(name, page());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "revokesAndExpires",
        "dropsAndStopsAnswering",
        "drivesSimulators",
        "injectsFaults",
        "startsOver"
      })
  void button_ofEachKind_doesAtTheFakeWhatItSays(String name) {
    browser.check(name, page());
  }

  @Test
  void clock_ifVirtual_canBeMoved() {
    fake.close();
    fake = builder().clock(VirtualClock.at(Instant.now())).control().start();

    browser.check("movesTheClock", fake.control().page());
  }

  @Test
  void line_shownWhenNobodyIsConnected_connectsMosquitto() {
    ForeignTools.program("mosquitto_sub");
    ForeignTools.program("curl");

    browser.check("connectLineWorks", page());
  }

  @Test
  void page_withoutToken_asksForIt() {
    browser.check("withoutTokenAsks", page().resolve("/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrongTokenAsks",
        "tokenStaysHidden",
        "newTokenInTheSameTab",
        "worksWithoutStorage"
      })
  void token_wrongOrRight_isNotShown(String name) {
    browser.check(name, page());
  }

  @Test
  void fake_startedAgain_isFollowedAgain() {
    URI page = page();
    int port = fake.control().address().getPort();
    FakeNHubBuilder same = builder().control(port).controlToken(fake.control().token());

    browser.check(
        "restartIsSurvived", page, Map.of("stop", fake::close, "start", () -> fake = same.start()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wideIsLegible", "narrowIsLegible"})
  void page_wideOrNarrowLightOrDark_isLegibleAndNamesItsControls(String name) {
    browser.check(name, page());
  }

  @Test
  void entrance_narrow_isLegible() {
    browser.check("entranceIsLegible", page().resolve("/"));
  }

  @Test
  void tenThousandMessagesASecond_areSampled_andTheButtonsStillAnswer() {
    browser.check("manyMessages", page());
  }
}
