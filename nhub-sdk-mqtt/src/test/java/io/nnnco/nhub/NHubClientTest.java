package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the front door sees to when several threads and subscriptions use it. */
class NHubClientTest extends ClientFixture {
  @Test
  void subscribe_whileAnotherThreadCloses_isClosedToo() throws InterruptedException {
    Thread closing = new Thread(client::close);
    onSchedule =
        () -> {
          if (closing.getState() == Thread.State.NEW) {
            closing.start();
            Eventually.isTrue(
                "it has closed, or waits for its turn",
                () -> !closing.isAlive() || closing.getState() == Thread.State.BLOCKED);
          }
        };
    Subscription subscription = client.subscribe(OPTIONS, (message, delivery) -> {});
    closing.join(SOON.toMillis());
    assertEquals(SubscriptionState.CLOSED, subscription.state());
    Eventually.isTrue("the threads end", control::isShutdown);
  }

  @Test
  void subscribe_enterprise_asksForItsUplinks() throws InterruptedException {
    client.subscribe(Enterprise.of("nnn.acme"), uplink -> {});

    assertEquals(OPTIONS.topicFilters(), connection().request().topicFilters());
  }

  @Test
  void close_withinAHandler_doesNotWaitForOtherSubscriptions() throws Exception {
    CountDownLatch otherIsAtWork = new CountDownLatch(1);
    CountDownLatch otherMayEnd = new CountDownLatch(1);
    CompletableFuture<Void> closeReturned = new CompletableFuture<>();
    try {
      client.subscribe(
          OPTIONS,
          (message, delivery) -> {
            otherIsAtWork.countDown();
            otherMayEnd.await();
          });
      uplink();
      assertTrue(otherIsAtWork.await(SOON.toSeconds(), TimeUnit.SECONDS));
      client.subscribe(
          OPTIONS,
          (message, delivery) -> {
            client.close();
            closeReturned.complete(null);
          });
      uplink();
      closeReturned.get(5, TimeUnit.SECONDS);
    } finally {
      otherMayEnd.countDown();
    }
  }

  private static SubscribeOptions durable(String name) {
    return SubscribeOptions.builder("nnn.acme").durable(name, Duration.ofHours(1)).build();
  }

  @Test
  void subscribe_underADurableNameInUse_isRefusedAtOnce() {
    client.subscribe(durable("app"), (message, delivery) -> {});
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> client.subscribe(durable("app"), (message, delivery) -> {}));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("durable name app"), refused::toString);
    client.subscribe(durable("other"), (message, delivery) -> {});
    client.subscribe(OPTIONS, (message, delivery) -> {});
    client.subscribe(OPTIONS, (message, delivery) -> {});
  }

  @Test
  void subscribe_underADurableNameThatWasClosed_begins() {
    client.subscribe(durable("app"), (message, delivery) -> {}).close();
    client.subscribe(durable("app"), (message, delivery) -> {});
  }

  @Test
  void subscribe_underADurableNameThatEndedByAnError_begins() throws InterruptedException {
    Subscription first = client.subscribe(durable("app"), (message, delivery) -> {});
    connection().listener().onClosed(refused());
    Coded.assertThrows(
        AuthenticationException.class, StreamErrorCode.NOT_AUTHORIZED, first::awaitClosed);
    client.subscribe(durable("app"), (message, delivery) -> {});
  }

  @Test
  void updateCredentials_refused_areNotShownByTheNextSubscription() throws InterruptedException {
    Credentials old = standing();
    client.updateCredentials(fake.identity("nnn.acme"));
    Connection second = connection();
    assertNotEquals(old, second.request().credentials());
    second.listener().onClosed(refused());

    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(old, connection().request().credentials());
  }

  @Test
  void updateCredentials_accepted_areShownByTheNextSubscription() throws InterruptedException {
    standing();
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    accept(connection());
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(renewed, connection().request().credentials());
  }

  @Test
  void updateCredentials_acceptedByOneAndRefusedByAnother_areShownByTheNext()
      throws InterruptedException {
    standing();
    standing();
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    connection().listener().onClosed(refused());
    accept(connection());
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(renewed, connection().request().credentials());
  }

  @Test
  void updateCredentials_withoutASubscription_areShownByTheNext() throws InterruptedException {
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(renewed, connection().request().credentials());
  }

  @Test
  void updateCredentials_acceptedWhileAnotherSubscriptionBegan_areShownByThatToo()
      throws InterruptedException {
    Credentials old = standing();
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    Connection second = connection();
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(old, connection().request().credentials());
    accept(second);
    assertEquals(renewed, connection().request().credentials());
  }
}
