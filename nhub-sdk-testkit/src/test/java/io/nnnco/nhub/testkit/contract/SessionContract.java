package io.nnnco.nhub.testkit.contract;

import static io.nnnco.nhub.testkit.contract.ContractServer.ACME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.testkit.contract.NodeClient.Received;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What outlives a connection, and what ends it (M10 and M16 in docs/bridge.md), as other people's
 * clients meet it. Kept by the fake and by mosquitto.
 */
abstract class SessionContract extends ContractFixture {
  /** In seconds: even on a busy machine, a client that pings all the time is quicker. */
  private static final int KEEP_ALIVE = 4;

  @ParameterizedTest
  @EnumSource
  @Tag("M16")
  void session_afterAReconnect_redeliversWithDupThenWhatWasQueued(Mqtt version) {
    String topic = topic(unique("d"), "uplinks");
    Connecting resuming = Connecting.as(version, unique("c")).resuming();
    NodeClient first = accepted(resuming);
    first.subscribe(topic, 1);
    server().publish(topic, "one", 1);
    server().publish(topic, "two", 1);
    Received one = first.receive();
    Received two = first.receive();
    first.drop();
    server().awaitGone(resuming.clientId());
    server().publish(topic, "three", 1);

    NodeClient second = open(server().token(ACME), resuming);

    assertTrue(second.accepted().path("sessionPresent").asBoolean());
    List<Received> again = receive(second, 3);
    assertEquals(List.of("one", "two", "three"), again.stream().map(Received::payload).toList());
    assertEquals(List.of(true, true, false), again.stream().map(Received::dup).toList());
    assertEquals(one.messageId(), again.get(0).messageId());
    assertEquals(two.messageId(), again.get(1).messageId());
  }

  private static List<Received> receive(NodeClient client, int count) {
    return IntStream.range(0, count).mapToObj(i -> client.receive()).toList();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("M16")
  void session_acknowledged_doesNotComeAgain(Mqtt version) {
    String topic = topic(unique("d"), "uplinks");
    Connecting resuming = Connecting.as(version, unique("c")).resuming();
    NodeClient first = accepted(resuming);
    first.subscribe(topic, 1);
    server().publish(topic, "one", 1);
    first.acknowledge(first.receive());
    first.ping();
    first.end();
    server().awaitGone(resuming.clientId());

    NodeClient second = accepted(resuming);
    server().publish(topic, "two", 1);

    assertEquals("two", second.receive().payload());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("M16")
  void session_cleanStart_forgetsSubscriptionsAndMessages(Mqtt version) {
    String topic = topic(unique("d"), "uplinks");
    Connecting connecting = Connecting.as(version, unique("c"));
    NodeClient first = accepted(connecting.resuming());
    first.subscribe(topic, 1);
    first.end();
    server().awaitGone(connecting.clientId());
    server().publish(topic, "missed", 1);

    NodeClient second = open(server().token(ACME), connecting);

    assertFalse(second.accepted().path("sessionPresent").asBoolean());
    server().publish(topic, "not subscribed", 1);
    second.subscribe(topic, 1);
    server().publish(topic, "subscribed", 1);
    assertEquals("subscribed", second.receive().payload());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("M16")
  void mosquittoSub_withADurableSession_getsWhatItMissed(Mqtt version) {
    String topic = topic(unique("d"), "uplinks");
    String clientId = unique("c");
    String[] options = {"-q", "1", "-i", clientId, "-t", topic, "-C", "2"};
    options = Stream.concat(Stream.of(options), durable(version)).toArray(String[]::new);
    try (ForeignProcess first =
        MosquittoClients.subscribed(server().certificate(ACME), version, options)) {
      first.signal("TERM");
      first.finish();
    }
    server().awaitGone(clientId);
    server().publish(topic, "missed 1", 1);
    server().publish(topic, "missed 2", 1);

    try (ForeignProcess second =
        MosquittoClients.subscribe(server().certificate(ACME), version, options)) {
      second.awaitLineWith(topic + " missed 1");
      second.awaitLineWith(topic + " missed 2");
      assertEquals(0, second.finish().exit());
    }
  }

  private static Stream<String> durable(Mqtt version) {
    return version == Mqtt.V5 ? Stream.of("-c", "-x", "3600") : Stream.of("-c");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("M16")
  void session_takenOver_theOldConnectionEnds(Mqtt version) {
    Connecting connecting = Connecting.as(version, unique("c"));
    NodeClient old = accepted(connecting);

    accepted(connecting);

    assertEquals(server().responses().takeOver().to(version), old.consequence());
  }

  @Test
  @Tag("M16")
  void receiveMaximum_ofTheClient_isHonoured() {
    String topic = topic(unique("d"), "uplinks");
    NodeClient client = accepted(Connecting.as(Mqtt.V5, unique("c")).receiveMaximum(2));
    client.subscribe(topic, 1);
    for (int i = 1; i <= 3; i++) {
      server().publish(topic, "m" + i, 1);
    }
    Received first = client.receive();
    assertEquals("m2", client.receive().payload());
    client.ping();

    client.acknowledge(first);

    assertEquals("m3", client.receive().payload());
  }

  @Test
  @Tag("M16")
  void sharedSubscription_ofTwoClients_deliversEachMessageOnce() {
    String device = unique("d");
    String filter = "$share/" + device + "/" + topic(device, "uplinks");
    String end = topic(unique("end"), "uplinks");
    List<NodeClient> pair =
        List.of(
            accepted(Connecting.as(Mqtt.V5, unique("c"))),
            accepted(Connecting.as(Mqtt.V5, unique("c"))));
    for (NodeClient client : pair) {
      assertEquals(0, client.subscribe(filter, 0));
      client.subscribe(end, 0);
    }

    for (int i = 0; i < 10; i++) {
      server().publish(topic(device, "uplinks"), "m" + i, 0);
    }
    server().publish(end, "end", 0);

    List<String> received = pair.stream().flatMap(SessionContract::untilTheEnd).sorted().toList();
    assertEquals(IntStream.range(0, 10).mapToObj(i -> "m" + i).toList(), received);
  }

  private static Stream<String> untilTheEnd(NodeClient client) {
    return Stream.generate(() -> client.receive().payload())
        .takeWhile(payload -> !payload.equals("end"));
  }

  @Test
  @Tag("M16")
  void connect_withoutAClientId_isAssignedOne() {
    NodeClient client = open(server().token(ACME), Connecting.as(Mqtt.V5, ""));

    JsonNode assigned = client.accepted().path("properties").path("assignedClientIdentifier");

    assertFalse(assigned.asText().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("M10")
  void keepAlive_silence_endsTheConnection(Mqtt version) {
    long start = System.nanoTime();
    NodeClient silent = accepted(Connecting.as(version, unique("c")).keepAlive(1));

    silent.awaitClose();

    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 1_000, () -> "after " + millis + " ms");
  }

  @Test
  @Tag("M10")
  void keepAlive_withPings_keepsTheConnection() {
    NodeClient lively = accepted(Connecting.as(Mqtt.V5, unique("c")).keepAlive(KEEP_ALIVE));
    NodeClient silent = accepted(Connecting.as(Mqtt.V5, unique("c")).keepAlive(KEEP_ALIVE));

    while (!silent.closed()) {
      lively.ping();
    }

    lively.ping();
    lively.end();
  }
}
