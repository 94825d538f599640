package io.nnnco.nhub.testkit.contract;

import static io.nnnco.nhub.testkit.contract.ContractServer.ACME;
import static io.nnnco.nhub.testkit.contract.ContractServer.BETA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.contract.ForeignProcess.Finished;
import io.nnnco.nhub.testkit.contract.NodeClients.Kind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who gets in, and to what (M1 to M8, M11 to M15 in docs/bridge.md), as other people's clients meet
 * it. Kept by the fake and by mosquitto.
 */
abstract class BridgeContract extends ContractFixture {
  private static final String UPLINKS = "v4/groups/nnn.acme.master/+/uplinks";

  @ParameterizedTest
  @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
  @Tag("M1")
  @Tag("M2")
  void handshake_bothVersionsOfTls_areSpokenAndVerifyAgainstTheCa(String option, String version) {
    Access access = server().token(ACME);

    Finished openssl =
        ForeignProcess.run(
            List.of(
                ForeignTools.program("openssl"),
                "s_client",
                "-brief",
                option,
                "-connect",
                "localhost:" + access.port(),
                "-CAfile",
                access.ca().toString(),
                "-verify_hostname",
                "localhost",
                "-verify_return_error"));

    assertTrue(openssl.output().contains("Protocol version: " + version), openssl::output);
    assertTrue(openssl.output().contains("Verification: OK"), openssl::output);
  }

  @Test
  @Tag("M1")
  void connect_withoutTls_getsNothing() {
    int port = server().token(ACME).port();

    Finished curl =
        ForeignProcess.run(
            List.of(
                ForeignTools.program("curl"),
                "--silent",
                "--show-error",
                "--max-time",
                "20",
                "mqtt://localhost:" + port + "/topic"));

    assertNotEquals(0, curl.exit(), curl::output);
    assertTrue(curl.output().startsWith("curl: "), curl::output);
  }

  @Test
  @Tag("M2")
  void connect_trustingTheSystemsCas_isBrokenOffByTheClient() {
    Access access = server().token(ACME);
    Finished mosquitto =
        ForeignProcess.run(
            List.of(
                ForeignTools.program("mosquitto_sub"),
                "-d",
                "-h",
                "localhost",
                "-p",
                String.valueOf(access.port()),
                "--capath",
                "/etc/ssl/certs",
                "-t",
                UPLINKS));

    assertNotEquals(0, mosquitto.exit());
    assertTrue(mosquitto.output().contains("certificate verify failed"), mosquitto::output);
  }

  static Stream<Arguments> goodAccess() {
    return Stream.of(Mqtt.values())
        .flatMap(
            version ->
                Stream.of(
                    Arguments.of(version, "certificate", access(s -> s.certificate(ACME))),
                    Arguments.of(version, "token", access(s -> s.token(ACME)))));
  }

  private static Function<ContractServer, Access> access(Function<ContractServer, Access> of) {
    return of;
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("goodAccess")
  @Tag("M3")
  @Tag("M4")
  @Tag("M8")
  @Tag("M11")
  void mosquittoSub_withGoodCredentials_receives(
      Mqtt version, String name, Function<ContractServer, Access> access) {
    String topic = topic(unique("d"), "uplinks");
    try (ForeignProcess subscriber =
        MosquittoClients.subscribed(
            access.apply(server()), version, "-q", "1", "-C", "1", "-t", UPLINKS)) {

      server().publish(topic, "{\"device_id\": \"ABC\"}", 1);

      subscriber.awaitLineWith(topic + " {\"device_id\": \"ABC\"}");
      assertEquals(0, subscriber.finish().exit());
    }
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("goodAccess")
  @Tag("M3")
  @Tag("M4")
  @Tag("M8")
  @Tag("M11")
  void mqttJs_withGoodCredentials_receives(
      Mqtt version, String name, Function<ContractServer, Access> access) {
    String topic = topic(unique("d"), "uplinks");
    NodeClient client =
        clients().open(Kind.MQTT_JS, access.apply(server()), Connecting.as(version, unique("c")));
    client.accepted();
    assertEquals(1, client.subscribe(UPLINKS, 1));

    server().publish(topic, "hello", 1);

    NodeClient.Received received = client.receive();
    assertEquals(topic, received.topic());
    assertEquals("hello", received.payload());
    client.end();
  }

  static Stream<Arguments> badAccess() {
    return Stream.of(
        bad("M5", ContractServer::noCredentials, ServerResponses::noCredentials),
        bad("M5", ContractServer::wrongToken, ServerResponses::wrongToken),
        bad("M4", ContractServer::inactiveKeyToken, ServerResponses::inactiveKeyToken),
        bad("M3", ContractServer::inactiveKeyCertificate, ServerResponses::inactiveKeyCertificate),
        bad("M5", ContractServer::foreignCertificate, ServerResponses::foreignCertificate),
        bad("M7", ContractServer::expiredCertificate, ServerResponses::expiredCertificate));
  }

  private static Arguments bad(
      String rule,
      Function<ContractServer, Access> access,
      Function<ServerResponses, Response> response) {
    return Arguments.of(rule, access, response);
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("badAccess")
  @Tag("M3")
  @Tag("M4")
  @Tag("M5")
  @Tag("M7")
  void connect_withBadCredentials_isRefused(
      String rule,
      Function<ContractServer, Access> access,
      Function<ServerResponses, Response> response) {
    Access shown = access.apply(server());
    Response expected = response.apply(server().responses());

    for (Mqtt version : Mqtt.values()) {
      assertEquals(expected.to(version), connect(shown, version), version::toString);
    }
  }

  private String connect(Access access, Mqtt version) {
    return open(access, Connecting.as(version, unique("c"))).response();
  }

  @Test
  @Tag("M5")
  void mosquittoSub_withAWrongToken_endsWithTheCode() {
    Response response = server().responses().wrongToken();
    for (Mqtt version : Mqtt.values()) {
      try (ForeignProcess client =
          MosquittoClients.subscribe(server().wrongToken(), version, "-t", UPLINKS)) {
        assertEquals(response.to(version), Response.code(client.finish().exit()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("M6")
  void revoke_duringAConnection_countsAtTheNext(Mqtt version) {
    Access access = server().freshCertificate();
    NodeClient live = open(access, Connecting.as(version, unique("c")));
    live.accepted();
    live.subscribe(UPLINKS, 1);

    server().revoke(access);

    assertEquals(server().responses().revokedCertificate().to(version), connect(access, version));
    server().publish(topic(unique("d"), "uplinks"), "still here", 1);
    assertEquals("still here", live.receive().payload());
  }

  @Test
  @Tag("M8")
  void connect_mqtt31_isNeitherOfTheTwoVersions() {
    Connecting old = Connecting.as(Mqtt.V3_1_1, "old").level(3);

    String response = open(server().token(ACME), old).response();

    assertEquals(server().responses().protocolLevel3().mqtt311(), response);
  }

  @ParameterizedTest
  @CsvSource({
    "v4/groups/nnn.acme.master/+/uplinks, uplinks, true",
    "v4/groups/nnn.acme.master/+/uplinks, joins, false",
    "v4/groups/nnn.acme.master/DEVICE/uplinks, uplinks, true",
    "v4/groups/nnn.acme.master/OTHER/uplinks, uplinks, false",
    "v4/groups/nnn.acme.master/+/downlinks, downlinks, true",
    "v4/groups/nnn.acme.master/+/joins, joins, true",
    "v4/groups/nnn.acme.master/#, joins, true",
    "v4/groups/nnn.acme.master/DEVICE/#, downlinks, true",
    "v4/groups/nnn.acme.master/+, uplinks, false",
    "v4/groups/nnn.acme.master/+/+, downlinks, true"
  })
  @Tag("M11")
  @Tag("M14")
  void subscribe_eachDocumentedPattern_getsWhatItMatches(
      String pattern, String kind, boolean matches) {
    String device = unique("d");
    String end = topic(unique("end"), "uplinks");
    NodeClient client = accepted(Connecting.as(Mqtt.V5, unique("c")));
    client.subscribe(pattern.replace("DEVICE", device), 0);
    client.subscribe(end, 0);

    server().publish(topic(device, kind), "matched", 1);
    server().publish(end, "end", 1);

    if (matches) {
      assertEquals(topic(device, kind), client.receive().topic());
    }
    String next = client.receive().topic();
    assertEquals(end, next);
  }

  @ParameterizedTest
  @CsvSource({
    "v4/groups/nnn.beta.master/+/uplinks",
    "v4/groups/+/+/uplinks",
    "v4/groups/nnn.acme.master.evil/#",
    "v4/#",
    "#"
  })
  @Tag("M12")
  void subscribe_outsideTheEnterprise_isRefusedAndTheConnectionStays(String filter) {
    for (Mqtt version : Mqtt.values()) {
      NodeClient client = accepted(Connecting.as(version, unique("c")));

      assertEquals(version == Mqtt.V5 ? 0x87 : 0x80, client.subscribe(filter, 1));

      assertEquals(1, client.subscribe(UPLINKS, 1));
      server().publish("v4/groups/nnn.beta.master/d/uplinks", "of another", 1);
      server().publish(topic("d", "uplinks"), "own", 1);
      assertEquals("own", client.receive().payload());
    }
  }

  @Test
  @Tag("M12")
  void mosquittoSub_ofAnotherEnterprise_isRefusedWithTheCode() {
    try (ForeignProcess client =
        MosquittoClients.subscribe(server().certificate(BETA), Mqtt.V5, "-t", UPLINKS)) {
      client.awaitLineWith("Subscribed (mid: 1): 135");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 0, 0", "0, 1, 0", "1, 1, 1", "1, 2, 1"})
  @Tag("M9")
  void subscribe_eachQos_isGrantedUpToOneAndDeliveredWithTheLower(
      int published, int requested, int delivered) {
    for (Mqtt version : Mqtt.values()) {
      String topic = topic(unique("d"), "uplinks");
      NodeClient client = accepted(Connecting.as(version, unique("c")));
      assertEquals(Math.min(requested, 1), client.subscribe(topic, requested));

      server().publish(topic, "x", published);

      assertEquals(delivered, client.receive().qos());
    }
  }

  @Test
  @Tag("M9")
  void connack_mqtt5_saysMaximumQosOne() {
    NodeClient client = open(server().token(ACME), Connecting.as(Mqtt.V5, unique("c")));

    assertEquals(1, client.accepted().path("properties").path("maximumQoS").asInt(-1));
  }

  @Test
  @Tag("M13")
  void payload_ofAnySizeAndAlphabet_arrivesByteForByte() {
    String payload = "{\"unit\": \"\u00b0C\", \"raw\": \"" + "0123456789".repeat(10_000) + "\"}";
    String topic = topic(unique("d"), "uplinks");
    NodeClient client = accepted(Connecting.as(Mqtt.V5, unique("c")));
    client.subscribe(topic, 1);

    server().publish(topic, payload, 1);

    assertEquals(payload, client.receive().payload());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("M15")
  void publish_byAClient_reachesNobody(Mqtt version) {
    String topic = topic(unique("d"), "uplinks");
    NodeClient subscriber = accepted(Connecting.as(Mqtt.V5, unique("c")));
    subscriber.subscribe(topic, 1);
    NodeClient publisher = accepted(Connecting.as(version, unique("c")));

    publisher.publish(topic, "by a client", 1);

    assertEquals(server().responses().publishQos1().to(version), publisher.consequence());
    server().publish(topic, "by the platform", 1);
    assertEquals("by the platform", subscriber.receive().payload());
  }

  @Test
  @Tag("M15")
  void mosquittoPub_byAClient_isToldNotAuthorized() {
    try (ForeignProcess publisher =
        MosquittoClients.publish(
            server().certificate(ACME),
            Mqtt.V5,
            "-q",
            "1",
            "-t",
            topic("d", "uplinks"),
            "-m",
            "x")) {
      publisher.awaitLineWith("Not authorized");
    }
  }
}
