package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A durable session with a backlog, over resets and a restart of the server: nothing is lost, each
 * device's messages keep their order, and the window holds all the while.
 */
@TestMethodOrder(OrderAnnotation.class)
abstract class DurableResumeContract<B extends DurableBroker> extends BrokerFixture<B> {
  private static final int WINDOW = 100;
  private static final int DEVICES = 20;
  private static final int ROUNDS = 5;
  private static final int PER_ROUND = 2_000;
  private static final int BACKLOG = 5_000;
  private static final int SOME = 500;
  private static final int RESETS = 10;

  private Instant began = Instant.EPOCH;
  private int published;

  /** What the server speaks. */
  Stream<Speaker> speakers() {
    return Stream.of(Speaker.values());
  }

  /** Whether the server sends the messages of a device in order after a break, too. */
  boolean keepsOrder() {
    return true;
  }

  /** Whether the server finds its sessions again that had a client when it was stopped. */
  boolean stopsWithClients() {
    return true;
  }

  /** Whether the server may never send a message that it has accepted. */
  boolean losesSome() {
    return false;
  }

  /**
   * Half of the breaks come while every handler is held up, half while all are busy. First, since
   * Moquette may not start again with the session of another test, which its client has ended.
   */
  @ParameterizedTest
  @Order(1)
  @MethodSource("speakers")
  void tenThousandMessages_overNineResetsAndARestart_areHandledInOrder_withinTheWindow(Speaker who)
      throws Exception {
    try (NHubClient nhub = client(who);
        DeviceLog log = new DeviceLog()) {
      Subscription subscription = subscribe(who, nhub, log);
      for (int round = 1; round <= ROUNDS; round++) {
        log.hold();
        publishToAll(PER_ROUND / 2);
        breakOff(subscription, log, round == ROUNDS / 2);
        log.release();
        publishToAll(PER_ROUND / 2);
        breakOff(subscription, log, false);
      }
      allIsAsPromised(who, subscription, log);
    }
  }

  /** Some are acknowledged before: each PUBACK makes Mosquitto 2.0 send a window more. */
  @ParameterizedTest
  @MethodSource("speakers")
  void stuckHandlers_overTenResets_doNotHaveMoreThanAWindow(Speaker who) throws Exception {
    try (NHubClient nhub = client(who);
        DeviceLog log = new DeviceLog()) {
      Subscription subscription = subscribe(who, nhub, log);
      log.hold();
      publishToAll(BACKLOG);
      log.release(SOME);
      Eventually.isTrue("some handled", () -> log.handled() == SOME);
      for (int reset = 1; reset <= RESETS; reset++) {
        breakOff(subscription, log, false);
        publishToAll(DEVICES); // Each is acknowledged to its publisher, so time passes.
      }
      log.release();
      allIsAsPromised(who, subscription, log);
    }
  }

  private Subscription subscribe(Speaker who, NHubClient nhub, DeviceLog log) throws Exception {
    began = Instant.now();
    published = 0;
    Subscription subscription =
        nhub.subscribe(
            // In 3.1.1 a full window stops the reading, and only a ping then finds the break.
            durable(who).window(WINDOW).keepAlive(Duration.ofSeconds(2)).listener(log).build(),
            log);
    subscription.awaitConnected(SOON);
    log.watch(subscription);
    return subscription;
  }

  /** As many to each device, numbered from 1 on. */
  private void publishToAll(int messages) {
    for (int i = 0; i < messages; i++, published++) {
      String device = "device-" + published % DEVICES;
      int number = published / DEVICES + 1;
      broker.publish(
          "v4/groups/nnn.acme.master/" + device + "/uplinks",
          "{\"device_id\":\"" + device + "\",\"timestamp_ms\":" + number + "}");
    }
  }

  private void restart() throws Exception {
    if (!stopsWithClients()) {
      relay.answerWith(new byte[0]);
      relay.cut();
    }
    broker.restart();
    relay.letThrough();
  }

  /**
   * Breaks the connection, and waits for the next. While all handlers are held up, a server that
   * sends more than the window before its SUBACK is not read so far: then the subscription says so.
   */
  private void breakOff(Subscription subscription, DeviceLog log, boolean byRestart)
      throws Exception {
    int before = log.attempts();
    if (byRestart) {
      restart();
    }
    relay.cut(); // After a restart, too: the relay would leave a client that does not read
    // half-open.
    Eventually.isTrue(
        () -> "connected again; " + subscription.health(),
        () -> log.attempts() > before && isConnected(subscription));
  }

  private static boolean isConnected(Subscription subscription) {
    return subscription.state() == SubscriptionState.SUBSCRIBED
        || subscription.health().detail().startsWith("Connected; the bridge sends what waits");
  }

  private void allIsAsPromised(Speaker who, Subscription subscription, DeviceLog log) {
    publishToAll(DEVICES);
    int last = published / DEVICES;
    Eventually.isTrue(
        () -> "all handled; " + figures(who, subscription.stats(), log),
        () -> losesSome() ? log.sawOfEach(last, DEVICES) : log.handled() == published);
    DrainReport report = subscription.forget(Duration.ofSeconds(10));
    String figures = figures(who, subscription.stats(), log) + ", " + report;
    System.out.println(figures);
    assertTrue(log.violations().isEmpty(), () -> log.violations() + "; " + figures);
    assertTrue(
        !keepsOrder() || log.outOfOrder().isEmpty(), () -> log.outOfOrder() + "; " + figures);
    assertTrue(losesSome() || log.handled() == published, figures);
    assertTrue(log.mostUnfinished() <= WINDOW, figures);
  }

  private String figures(Speaker who, SubscriptionStats stats, DeviceLog log) {
    return "%s %s: %d published, %d handled, %d connections more, %d redelivered, %d handled again, "
            .formatted(
                getClass().getSimpleName(),
                who,
                published,
                log.handled(),
                stats.reconnects(),
                stats.redelivered(),
                log.copies())
        + "%d received, %d acknowledged, %d out of order, %d unfinished at most, %.1f s"
            .formatted(
                stats.received(),
                stats.acknowledged(),
                log.outOfOrder().size(),
                log.mostUnfinished(),
                Duration.between(began, Instant.now()).toMillis() / 1e3);
  }
}
