package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever these options once asked for is found by what comes of it, and what they ask for never.
 */
class FormerFiltersTest {
  private static final String ACME = "v4/groups/nnn.acme.master/";

  private static SubscribeOptionsBuilder now() {
    return SubscribeOptions.builder("nnn.acme").durable("app", Duration.ofHours(1));
  }

  private static List<String> behind(SubscribeOptionsBuilder now, String... topics) {
    FormerFilters former = new FormerFilters(now.build());
    for (String topic : topics) {
      former.look(DeviceTopic.parse(topic).orElse(null));
    }
    return former.take();
  }

  @Test
  void look_atWhatWasAskedFor_findsNothing() {
    assertEquals(List.of(), behind(now(), ACME + "A/uplinks", ACME + "B/uplinks"));
    assertEquals(List.of(), behind(now().allKinds(), ACME + "A/uplinks", ACME + "A/novelties"));
    assertEquals(List.of(), behind(now().devices("A").allKinds(), ACME + "A/novelties"));
    assertEquals(
        List.of(),
        behind(now().alsoEnterprise("nnn.other"), "v4/groups/nnn.other.master/A/uplinks"));
  }

  @Test
  void look_atATopicOfNoDevice_findsNothing() {
    assertEquals(List.of(), behind(now(), "something/else", ACME + "A/b/c"));
  }

  @Test
  void look_atAnotherKind_findsAllThatMayHaveAskedForIt() {
    assertEquals(
        List.of(ACME + "#", ACME + "+/joins", ACME + "A/+", ACME + "A/joins"),
        behind(now(), ACME + "A/joins"));
  }

  @Test
  void look_atAnotherDevice_sparesWhatIsAskedForNow() {
    assertEquals(
        List.of(ACME + "#", ACME + "+/uplinks", ACME + "B/+", ACME + "B/uplinks"),
        behind(now().devices("A"), ACME + "B/uplinks"));
  }

  @Test
  void look_atAnotherEnterprise_findsItsFilters() {
    String other = "v4/groups/nnn.other.master/";
    assertEquals(
        List.of(other + "#", other + "+/uplinks", other + "A/+", other + "A/uplinks"),
        behind(now(), other + "A/uplinks"));
  }

  @Test
  void take_tellsEachFilterOnce() {
    FormerFilters former = new FormerFilters(now().build());
    DeviceTopic join = DeviceTopic.parse(ACME + "A/joins").orElseThrow();
    former.look(join);
    assertEquals(4, former.take().size());
    former.look(join);
    assertEquals(List.of(), former.take());
    former.look(DeviceTopic.parse(ACME + "B/joins").orElseThrow());
    assertEquals(List.of(ACME + "B/+", ACME + "B/joins"), former.take());
  }

  @Test
  void look_atEndlessLongTopics_remembersABoundedPart() {
    FormerFilters former = new FormerFilters(now().devices("A").build());
    long characters = 0;
    for (int i = 0; i < 930; i++) {
      String device = i + "x".repeat(60_000);
      former.look(DeviceTopic.parse(ACME + device + "/uplinks").orElseThrow());
      characters += former.take().stream().mapToLong(String::length).sum();
    }
    assertTrue(characters > 0 && characters <= FormerFilters.MOST_CHARACTERS, "" + characters);
  }

  @Test
  void look_atEndlessShortTopics_remembersABoundedNumber() {
    FormerFilters former = new FormerFilters(now().devices("A").build());
    int found = 0;
    for (int i = 0; i < FormerFilters.MOST_FILTERS; i++) {
      former.look(DeviceTopic.parse(ACME + "d" + i + "/uplinks").orElseThrow());
      found += former.take().size();
    }
    assertEquals(FormerFilters.MOST_FILTERS, found);
  }

  @Test
  void inAGroup_whatTheNameOnceReceivedAlone_isFoundAtOnce() {
    SubscribeOptionsBuilder member =
        now().sharedGroup("workers").kinds(MessageKind.UPLINK, MessageKind.JOIN);
    assertEquals(
        Set.of(ACME + "+/uplinks", ACME + "+/joins"),
        Set.copyOf(behind(member, ACME + "A/uplinks")));
  }
}
