package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What HiveMQ, of all brokers, can be configured to lack. */
abstract class HiveMqContract extends BrokerContract<HiveMq> {
  private NHubClient toLimited(Speaker who) {
    return client(who, broker.limitedPort(), broker.certificate());
  }

  private static SubscribeOptionsBuilder oneDevice(Speaker who) {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE)
        .protocol(who.version)
        .devices("ABC123")
        .qos(Qos.AT_MOST_ONCE);
  }

  /** MQTT 3.1.1 says nothing of limits in advance, and hangs up. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DIRECT_3_1_1")
  void limitedBroker_lacksWhatIsAskedFor_andTheErrorSaysWhat(Speaker who) {
    assertEquals(
        Stream.of(
                StreamErrorCode.SHARED_SUBSCRIPTIONS_MISSING,
                StreamErrorCode.WILDCARDS_MISSING,
                StreamErrorCode.QOS_MISSING)
            .toList(),
        Stream.of(
                oneDevice(who).sharedGroup("workers"),
                SubscribeOptions.builder(DEFAULT_ENTERPRISE).qos(Qos.AT_MOST_ONCE),
                oneDevice(who).qos(Qos.AT_LEAST_ONCE))
            .map(options -> refused(who, options))
            .toList());
  }

  private ErrorCode refused(Speaker who, SubscribeOptionsBuilder options) {
    try (NHubClient nhub = toLimited(who)) {
      Subscription subscription =
          nhub.subscribe(options.protocol(who.version).build(), (message, delivery) -> {});
      return assertThrows(SubscriptionRefusedException.class, subscription::awaitClosed).code();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DIRECT_3_1_1")
  void limitedBroker_saysForHowLongItKeepsTheSession(Speaker who) throws Exception {
    try (NHubClient nhub = toLimited(who)) {
      nhub.subscribe(oneDevice(who).listener(inbox).build(), inbox).awaitConnected(SOON);
      assertEquals(
          Duration.ofSeconds(30),
          inbox.takeEvent(SubscriptionEvent.SessionTerms.class).sessionExpiry());
    }
  }
}
