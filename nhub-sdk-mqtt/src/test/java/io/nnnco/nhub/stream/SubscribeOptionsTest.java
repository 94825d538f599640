package io.nnnco.nhub.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.stream.internal.VirtualBridge;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  void gaps_inASharedGroup_areRefused() {
    SubscribeOptionsBuilder both = acme().gaps(GapOptions.ofDefaults()).sharedGroup("app");
    assertThrows(IllegalArgumentException.class, both::build);
    assertThrows(
        IllegalArgumentException.class,
        acme().sharedGroup("app").build().toBuilder().gaps(GapOptions.ofDefaults())::build);
  }

  @Test
  void topicFilters_areInTheOrderGiven() {
    List<String> devices = IntStream.range(0, 50).mapToObj(i -> "device-" + (i * 37) % 50).toList();
    List<String> expected =
        devices.stream()
            .flatMap(device -> Stream.of(device + "/uplinks", device + "/joins"))
            .map(end -> "v4/groups/nnn.acme.master/" + end)
            .toList();

    SubscribeOptions options =
        acme().devices(devices).kinds(List.of(MessageKind.JOIN, MessageKind.UPLINK)).build();

    assertEquals(expected, options.topicFilters());
    assertEquals(devices, List.copyOf(options.devices()));
    assertEquals(List.of(MessageKind.UPLINK, MessageKind.JOIN), List.copyOf(options.kinds()));
    assertEquals(
        expected,
        acme()
            .devices(devices.toArray(String[]::new))
            .kinds(MessageKind.JOIN, MessageKind.UPLINK)
            .build()
            .topicFilters());
  }

  @Test
  void collections_changedLater_areNotTheOptions() {
    List<String> devices = new ArrayList<>(List.of("A"));
    SubscribeOptionsBuilder builder = acme().devices(devices);
    SubscribeOptions options = builder.build();

    devices.add("B");
    builder.devices("C").allKinds();

    assertEquals(Set.of("A"), options.devices());
    assertEquals(Set.of(MessageKind.UPLINK), options.kinds());
    assertThrows(UnsupportedOperationException.class, () -> options.devices().clear());
    assertThrows(UnsupportedOperationException.class, () -> options.kinds().clear());
  }

  @Test
  void enterprise_isTakenWhereItsCodeIs() {
    Enterprise other = Enterprise.of("nnn.other");
    SubscribeOptions options =
        SubscribeOptions.builder(Enterprise.of("nnn.acme")).alsoEnterprise(other).build();

    assertEquals(List.of(Enterprise.of("nnn.acme"), other), options.enterprises());
  }

  @Test
  void toBuilder_everyOption_isKept() throws IllegalAccessException {
    SubscribeOptions options =
        SubscribeOptions.builder("nnn.acme")
            .alsoEnterprise("nnn.other")
            .kinds(MessageKind.JOIN)
            .devices("B", "A")
            .credentials(VirtualBridge.CREDENTIALS)
            .qos(Qos.AT_MOST_ONCE)
            .protocol(MqttVersion.MQTT_3_1_1)
            .window(7)
            .windowBytes(8_000)
            .durable("app", Duration.ofHours(1))
            .sharedGroup("group")
            .awaitCredentials()
            .connectTimeout(Duration.ofSeconds(1))
            .keepAlive(Duration.ofSeconds(2))
            .handlerDeadline(Duration.ofSeconds(3))
            .silentAfter(Duration.ofSeconds(4))
            .failurePolicy(FailurePolicy.ofDefaults().thenStop())
            .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofSeconds(5)))
            .listener(event -> {})
            .handlerContext(true)
            .build();
    SubscribeOptions gaps = acme().gaps(GapOptions.ofDefaults()).build(); // Not in a group.
    SubscribeOptions copy = options.toBuilder().build();
    SubscribeOptions defaults = SubscribeOptions.builder("nnn.acme").build();

    for (Field field : SubscribeOptions.class.getDeclaredFields()) {
      field.setAccessible(true);
      SubscribeOptions set = field.getName().equals("gaps") ? gaps : options;
      assertNotEquals(field.get(defaults), field.get(set), field + " is not set by this test");
      assertEquals(field.get(set), field.get(set.toBuilder().build()), field.getName());
    }
    assertEquals(options.topicFilters(), copy.topicFilters());
  }

  @Test
  void toBuilder_changed_leavesTheOptionsAsTheyAre() {
    SubscribeOptions all = acme().allKinds().build();

    assertEquals(5, all.toBuilder().window(5).build().window());
    assertEquals(Set.of("A"), all.toBuilder().devices("A").build().devices());
    assertEquals(1_000, all.window());
    assertEquals(Set.of(), all.devices());
    assertEquals(Set.of(), all.toBuilder().build().kinds());
  }

  @Test
  void whatCannotBeUsed_isRefusedAtOnce() {
    List<Runnable> misuses =
        List.of(
            () -> SubscribeOptions.builder("not a code/#"),
            () -> acme().alsoEnterprise("+"),
            () -> acme().devices(),
            () -> acme().devices(List.of()),
            () -> acme().kinds(List.of()),
            () -> acme().devices("+"),
            () -> acme().devices("#"),
            () -> acme().devices("a/b"),
            () -> acme().window(0),
            () -> acme().windowBytes(0),
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

  @Test
  void toString_withCredentials_saysNothingOfThem() {
    assertEquals(
        acme().build().toString(),
        acme().credentials(VirtualBridge.CREDENTIALS).build().toString());
  }
}
