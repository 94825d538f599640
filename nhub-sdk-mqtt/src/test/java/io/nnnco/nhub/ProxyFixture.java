package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

/** Clients on both engines, through proxies of both kinds, to a fake platform. */
abstract class ProxyFixture {
  static final Secret PASSWORD = Secret.of("canary-4711");

  final FakeNHub fake = FakeNHub.start();
  final Inbox inbox = new Inbox();
  final SubscribeOptionsBuilder options =
      SubscribeOptions.builder(DEFAULT_ENTERPRISE)
          .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
          .listener(inbox);

  @AfterEach
  void close() {
    fake.close();
  }

  static Stream<Arguments> ways() {
    return Stream.of(MqttEngine.values())
        .flatMap(engine -> Stream.of(Kind.values()).map(kind -> Arguments.of(engine, kind)));
  }

  TestProxy toTheBridge(Kind kind) {
    return TestProxy.to(kind, fake.environment().mqttPort());
  }

  NHubClient client(MqttEngine engine, ProxyServer proxy, NHubEnvironment environment) {
    return NHubClient.builder(environment)
        .credentials(fake.identity(DEFAULT_ENTERPRISE))
        .engine(engine)
        .proxy(proxy)
        .build();
  }

  NHubClient client(MqttEngine engine, ProxyServer proxy) {
    return client(engine, proxy, fake.environment());
  }

  /** The error of the first attempt of a subscription that goes on trying. */
  <E extends StreamException> E failing(
      Class<E> type, ErrorCode code, MqttEngine engine, ProxyServer proxy)
      throws InterruptedException {
    try (NHubClient nhub = client(engine, proxy)) {
      Subscription subscription = nhub.subscribe(options.build(), inbox);
      SubscriptionEvent.Disconnected event = inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      assertFalse(subscription.closed().isDone());
      return Coded.assertInstanceOf(type, code, event.cause());
    }
  }

  /** The error that a subscription ends with. */
  <E extends StreamException> E refused(
      Class<E> type, ErrorCode code, MqttEngine engine, ProxyServer proxy) {
    try (NHubClient nhub = client(engine, proxy)) {
      E error = Coded.assertThrows(type, code, nhub.subscribe(options.build(), inbox)::awaitClosed);
      StringWriter all = new StringWriter();
      error.printStackTrace(new PrintWriter(all));
      assertFalse(all.toString().contains(PASSWORD.reveal()), all::toString);
      return error;
    }
  }
}
