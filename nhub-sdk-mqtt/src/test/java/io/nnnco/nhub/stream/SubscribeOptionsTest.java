package io.nnnco.nhub.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.message.MessageKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscribeOptionsTest {
  private static SubscribeOptionsBuilder acme() {
    return SubscribeOptions.builder("nnn.acme");
  }

  private static void filters(SubscribeOptionsBuilder options, String... expected) {
    List<String> filters = options.build().topicFilters();
    assertEquals(Set.of(expected), Set.copyOf(filters));
    assertEquals(expected.length, filters.size(), "as few as say it");
  }

  @Test
  void topicFilters_areThoseOfRuleM11() {
    filters(acme(), "v4/groups/nnn.acme.master/+/uplinks");
    filters(acme().kinds(MessageKind.DOWNLINK), "v4/groups/nnn.acme.master/+/downlinks");
    filters(
        acme().kinds(MessageKind.JOIN, MessageKind.UPLINK),
        "v4/groups/nnn.acme.master/+/uplinks",
        "v4/groups/nnn.acme.master/+/joins");
    filters(acme().allKinds(), "v4/groups/nnn.acme.master/#");
    filters(acme().devices("ABC123"), "v4/groups/nnn.acme.master/ABC123/uplinks");
    filters(acme().devices("ABC123").allKinds(), "v4/groups/nnn.acme.master/ABC123/+");
    filters(
        acme().devices("A", "B").kinds(MessageKind.UPLINK, MessageKind.JOIN),
        "v4/groups/nnn.acme.master/A/uplinks",
        "v4/groups/nnn.acme.master/A/joins",
        "v4/groups/nnn.acme.master/B/uplinks",
        "v4/groups/nnn.acme.master/B/joins");
    filters(
        acme().alsoEnterprise("nnn.other").allKinds(),
        "v4/groups/nnn.acme.master/#",
        "v4/groups/nnn.other.master/#");
    filters(acme().sharedGroup("app"), "$share/app/v4/groups/nnn.acme.master/+/uplinks");
    filters(acme().sharedGroup("app").allKinds(), "$share/app/v4/groups/nnn.acme.master/#");
  }

  @Test
  void whatCannotBeUsed_isRefusedAtOnce() {
    List<Runnable> misuses =
        List.of(
            () -> SubscribeOptions.builder("not a code/#"),
            () -> acme().alsoEnterprise("+"),
            () -> acme().devices(),
            () -> acme().devices("+"),
            () -> acme().devices("#"),
            () -> acme().devices("a/b"),
            () -> acme().window(0),
            () -> acme().window(65_536),
            () -> acme().durable("", Duration.ofHours(1)),
            () -> acme().durable("white space", Duration.ofHours(1)),
            () -> acme().durable("app", Duration.ZERO),
            () -> acme().sharedGroup("a/b"),
            () -> acme().connectTimeout(Duration.ZERO),
            () -> acme().keepAlive(Duration.ZERO),
            () -> acme().keepAlive(Duration.ofHours(19)),
            () -> acme().handlerDeadline(Duration.ofSeconds(-1)),
            () -> acme().silentAfter(Duration.ZERO));
    for (int i = 0; i < misuses.size(); i++) {
      Runnable misuse = misuses.get(i);
      assertThrows(IllegalArgumentException.class, misuse::run, "number " + i);
    }
  }

  @Test
  void toString_saysWhatIsReceived() {
    assertEquals(
        "SubscribeOptions[$share/g/v4/groups/nnn.acme.master/+/uplinks, AT_LEAST_ONCE,"
            + " window 1000, durable name app]",
        acme().durable("app", Duration.ofHours(1)).sharedGroup("g").build().toString());
  }
}
