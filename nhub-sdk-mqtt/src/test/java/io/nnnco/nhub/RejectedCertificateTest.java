package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mosquitto says what it has against a client certificate, and resets the connection at once. */
class RejectedCertificateTest extends BrokerFixture<Mosquitto> {
  private static final int CONNECTS = 40;

  @Override
  Mosquitto start(Path folder) throws Exception {
    return new Mosquitto(folder);
  }

  @ParameterizedTest
  @EnumSource(Speaker.class)
  void certificateOfAForeignCa_isToldEachTime(Speaker who) throws Exception {
    Map<String, Integer> told = new TreeMap<>();
    for (int i = 0; i < CONNECTS; i++) {
      told.merge(firstFailure(who).code().id(), 1, Integer::sum);
    }
    assertEquals(Map.of("NHUB-TLS-004", CONNECTS), told);
  }

  private NHubException firstFailure(Speaker who) throws InterruptedException {
    Inbox events = new Inbox();
    try (NHubClient nhub = client(who, broker.certificatePort(), broker.foreignCertificate())) {
      nhub.subscribe(
          SubscribeOptions.builder(DEFAULT_ENTERPRISE)
              .protocol(who.version)
              .listener(events)
              .build(),
          events);
      return events.takeFailure();
    }
  }
}
