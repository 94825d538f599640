package io.nnnco.nhub;

import static io.nnnco.nhub.DoctorScene.ACME;
import static io.nnnco.nhub.DoctorScene.client;
import static io.nnnco.nhub.DoctorScene.diagnose;
import static io.nnnco.nhub.DoctorScene.options;
import static io.nnnco.nhub.DoctorScene.scene;

import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.RefuseConnect;
import io.nnnco.nhub.testkit.BridgeFault.RespondToSubscribe;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Bridges that refuse, hang, hang up, or have no messages. */
final class DoctorBridgeScenes {
  private DoctorBridgeScenes() {}

  static List<DoctorScene> all() {
    return List.of(
        with(FindingCode.CONNECT_REVOKED, fake -> fake.identities().revoked(ACME)),
        with(FindingCode.CONNECT_NOT_AUTHORIZED, fake -> fake.identities().ofInactiveKey(ACME)),
        with(FindingCode.CONNECT_BAD_CREDENTIALS, fake -> fake.identities().wrongPassword(ACME)),
        refusing(FindingCode.CONNECT_BUSY, 0x89),
        refusing(FindingCode.CONNECT_UNAVAILABLE, 0x88),
        refusing(FindingCode.CONNECT_QUOTA, 0x97),
        refusing(FindingCode.CONNECT_TOO_OFTEN, 0x9F),
        refusing(FindingCode.CONNECT_BANNED, 0x8A),
        refusing(FindingCode.CONNECT_MOVED, 0x9D),
        refusing(FindingCode.CONNECT_REFUSED, 0x83),
        refusing(FindingCode.CONNECT_WRONG_VERSION, 0x84),
        scene(
            "MQTT 3.1.1 only",
            FindingCode.CONNECT_OLD_PROTOCOL,
            fake -> {
              fake.inject(new RefuseConnect(0x84));
              return diagnose(client(fake));
            }),
        scene(
            "CONNACK never comes",
            FindingCode.CONNECT_TIMEOUT,
            new BridgeFault.Silence(Moment.CONNECT)),
        scene(
            "dropped after CONNECT",
            FindingCode.CONNECT_DROPPED,
            new BridgeFault.Drop(Moment.CONNECT)),
        scene(
            "TLS, but not MQTT",
            FindingCode.CONNECT_NOT_MQTT,
            new BridgeFault.MalformedPacket(Moment.CONNECT)),
        scene(
            "certificate rejected in the handshake",
            FindingCode.CONNECT_ALERT_REJECTED,
            new BridgeFault.RejectCertificate()),
        mosquitto(FindingCode.CONNECT_ALERT_UNKNOWN_CA, Mosquitto::foreignCertificate),
        mosquitto(FindingCode.CONNECT_CERTIFICATE_REQUIRED, broker -> broker.password(true)),
        subscribing("nnn.other", FindingCode.SUBSCRIBE_REFUSED),
        subscribing("nnn.acmee", FindingCode.SUBSCRIBE_ENTERPRISE_TYPO),
        scene(
            "one of two filters refused",
            FindingCode.SUBSCRIBE_SOME_REFUSED,
            fake ->
                diagnose(
                    client(fake),
                    DiagnosisOptions.of(
                        SubscribeOptions.builder(ACME).alsoEnterprise("nnn.other").build()))),
        scene("quota of subscriptions", FindingCode.SUBSCRIBE_QUOTA, new RespondToSubscribe(0x97)),
        scene("filter invalid", FindingCode.SUBSCRIBE_INVALID_FILTER, new RespondToSubscribe(0x8F)),
        scene("no wildcards", FindingCode.SUBSCRIBE_NO_WILDCARDS, new RespondToSubscribe(0xA2)),
        scene("refused, no reason", FindingCode.SUBSCRIBE_FAILED, new RespondToSubscribe(0x80)),
        scene(
            "SUBACK never comes",
            FindingCode.SUBSCRIBE_TIMEOUT,
            new BridgeFault.Silence(Moment.SUBSCRIBE)),
        scene(
            "dropped after SUBSCRIBE",
            FindingCode.SUBSCRIBE_DROPPED,
            new BridgeFault.Drop(Moment.SUBSCRIBE)),
        scene(
            "no messages",
            FindingCode.MESSAGES_NONE,
            fake -> listen(fake, DiagnosisOptions.of(SubscribeOptions.builder(ACME).build()))),
        scene(
            "unknown enterprise, granted all the same",
            FindingCode.MESSAGES_OTHER_ENTERPRISE,
            FakeNHubBuilder::permissive,
            fake ->
                listen(fake, DiagnosisOptions.of(SubscribeOptions.builder("nnn.nobody").build()))),
        scene(
            "message that is not JSON",
            FindingCode.MESSAGES_UNREADABLE,
            fake -> {
              fake.subscriptions()
                  .follow(any -> fake.publish("v4/groups/nnn.acme.master/A/uplinks", "no JSON"));
              return listen(fake, DiagnosisOptions.of(SubscribeOptions.builder(ACME).build()));
            }),
        scene(
            "disconnected after SUBACK",
            FindingCode.MESSAGES_DISCONNECTED,
            fake -> {
              fake.inject(new BridgeFault.ServerDisconnect(Moment.SUBACK, 0x98, ""));
              return listen(fake, DiagnosisOptions.of(SubscribeOptions.builder(ACME).build()));
            }),
        scene(
            "durable name used twice",
            FindingCode.SUBSCRIPTIONS_TAKEN_OVER,
            DoctorBridgeScenes::takenOver));
  }

  private static Diagnosis listen(FakeNHub fake, DiagnosisOptions options) {
    return diagnose(client(fake), options);
  }

  private static DoctorScene with(
      FindingCode expected, Function<FakeNHub, Credentials> credentials) {
    return scene(
        expected + "",
        expected,
        fake -> diagnose(client(fake).credentials(credentials.apply(fake))));
  }

  private static DoctorScene refusing(FindingCode expected, int reasonCode) {
    return scene("CONNACK 0x%02X".formatted(reasonCode), expected, new RefuseConnect(reasonCode));
  }

  private static DoctorScene subscribing(String enterprise, FindingCode expected) {
    return scene(
        "enterprise " + enterprise, expected, fake -> diagnose(client(fake), options(enterprise)));
  }

  private static DoctorScene mosquitto(
      FindingCode expected, Function<Mosquitto, Credentials> credentials) {
    return scene(
        "mosquitto: " + expected,
        expected,
        fake -> {
          Mosquitto broker = new Mosquitto(Files.createTempDirectory("mosquitto"));
          try {
            return diagnose(
                NHubClient.builder(
                        DoctorScene.bridgeAt(fake, "localhost", broker.certificatePort()))
                    .credentials(credentials.apply(broker)));
          } finally {
            broker.stop();
          }
        });
  }

  /** The client's own subscription has ended; nobody provokes that again. */
  private static Diagnosis takenOver(FakeNHub fake) {
    fake.inject(BridgeFault.ServerDisconnect.takeOver(Moment.SUBACK));
    SubscribeOptions durable =
        SubscribeOptions.builder(ACME).durable("dashboard", Duration.ofHours(1)).build();
    try (NHubClient client = client(fake).build()) {
      Subscription subscription = client.subscribe(durable, (message, delivery) -> {});
      Eventually.isTrue("it has ended", () -> subscription.closed().isDone());
      return client.diagnose(DiagnosisOptions.of(durable).withMessageWait(Duration.ZERO));
    }
  }
}
