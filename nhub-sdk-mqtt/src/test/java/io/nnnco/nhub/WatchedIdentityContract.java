package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.WatchedIdentity;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CredentialsReplaced;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CredentialsUnusable;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Disconnected;
import io.nnnco.nhub.stream.internal.EventRecorder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody replaces the files of a running client, well and badly, while messages flow. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WatchedIdentityContract {
  private static final int SWAPS = 24;

  private IssuingBroker broker;
  private EventRecorder events;
  private Path temp;
  private Path certs;
  private int versions;

  abstract IssuingBroker start(Path folder) throws Exception;

  @BeforeAll
  void startBroker(@TempDir Path folder) throws Exception {
    broker = start(folder);
  }

  @AfterAll
  void stopBroker() throws Exception {
    if (broker != null) {
      broker.stop();
    }
  }

  @BeforeEach
  void begin(@TempDir Path folder) throws IOException {
    temp = folder;
    certs = folder.resolve("certs");
    events = new EventRecorder();
    Files.createDirectory(certs);
    broker.fresh().save(certs);
  }

  private NHubClient client(MqttEngine engine) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubClient.builder(NHubEnvironment.at(noApi, "localhost", broker.certificatePort()))
        .credentials(WatchedIdentity.in(certs).every(Duration.ofMillis(100)))
        .engine(engine)
        .build();
  }

  private Subscription subscribe(NHubClient nhub, DeviceLog log) throws InterruptedException {
    SubscribeOptions options =
        SubscribeOptions.builder(DEFAULT_ENTERPRISE)
            .durable("watched" + BrokerFixture.NUMBER.incrementAndGet(), Duration.ofHours(1))
            .listener(
                event -> {
                  log.onEvent(event);
                  events.add(event);
                })
            .build();
    Subscription subscription = nhub.subscribe(options, log);
    subscription.awaitConnected(Eventually.SOON);
    return subscription;
  }

  /** By our own save, in place with the wrong key first, by renames, and by a link. */
  private void swap(int way) throws IOException {
    ClientIdentity next = broker.fresh();
    Path version = temp.resolve("version-" + versions++);
    next.save(version);
    switch (way % 4) {
      case 0 -> next.save(certs);
      case 1 -> {
        broker.fresh().save(temp.resolve("stranger"));
        copy(version, "client.crt");
        copy(temp.resolve("stranger"), "client.key");
        copy(version, "client.key");
      }
      case 2 -> {
        move(version, "client.key");
        move(version, "client.crt");
      }
      default -> {
        link(version, "client.crt");
        link(version, "client.key");
      }
    }
  }

  private void copy(Path version, String name) throws IOException {
    Path file = certs.resolve(name);
    if (Files.isSymbolicLink(file)) {
      Files.delete(file);
    }
    Files.write(file, Files.readAllBytes(version.resolve(name)));
  }

  private void move(Path version, String name) throws IOException {
    Files.move(version.resolve(name), certs.resolve(name), ATOMIC_MOVE);
  }

  private void link(Path version, String name) throws IOException {
    Path link = Files.createSymbolicLink(version.resolve("link"), version.resolve(name));
    Files.move(link, certs.resolve(name), ATOMIC_MOVE);
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(300)
  void swaps_underTraffic_loseNothing_andKeepTheOrder(MqttEngine engine) throws Exception {
    try (DeviceLog log = new DeviceLog();
        NHubClient nhub = client(engine)) {
      subscribe(nhub, log);
      try (Traffic traffic = new Traffic(broker::publish)) {
        for (int swap = 1; swap <= SWAPS; swap++) {
          swap(swap);
          events.assertHas(swap, CredentialsReplaced.class);
        }
        traffic.assertAllHandledInOrder(log);
      }
      assertEquals(0, events.of(CredentialsUnusable.class).size());
      assertEquals(0, events.of(Disconnected.class).size());
    }
  }

  @Test
  @Timeout(300)
  void badFiles_areATypedEvent_andLeaveTheConnectionAlone_untilTheyAreGood() throws Exception {
    try (DeviceLog log = new DeviceLog();
        NHubClient nhub = client(MqttEngine.DIRECT)) {
      Subscription subscription = subscribe(nhub, log);
      try (Traffic traffic = new Traffic(broker::publish)) {
        broker.fresh().save(temp.resolve("stranger"));
        copy(temp.resolve("stranger"), "client.key");
        CredentialsUnusable unusable = events.assertHas(1, CredentialsUnusable.class).get(0);
        assertEquals(CoreErrorCode.IDENTITY_KEY_MISMATCH, unusable.cause().code());
        assertTrue(subscription.health().detail().contains("NHUB-ID-006"));
        for (String name : new String[] {"client.crt", "client.key", "ca.crt"}) {
          Files.delete(certs.resolve(name));
        }
        Files.delete(certs);
        CredentialsUnusable vanished = events.assertHas(2, CredentialsUnusable.class).get(1);
        assertEquals(CoreErrorCode.IDENTITY_FILE_MISSING, vanished.cause().code());
        assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());

        broker.fresh().save(certs);
        events.assertHas(1, CredentialsReplaced.class);
        assertEquals("Connected and subscribed.", subscription.health().detail());
        traffic.assertAllHandledInOrder(log);
      }
      assertEquals(0, events.of(Disconnected.class).size());
    }
  }
}
