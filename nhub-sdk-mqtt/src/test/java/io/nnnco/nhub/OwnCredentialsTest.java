package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import org.junit.jupiter.api.Test;

/** Subscriptions with credentials of their own, beside those that have the client's. */
class OwnCredentialsTest extends ClientFixture {
  private final Credentials own = fake.identities().fresh("nnn.acme");
  private final Credentials renewed = fake.identities().fresh("nnn.acme");
  private final SubscribeOptions withOwn = OPTIONS.toBuilder().credentials(own).build();

  private Subscription subscribe(SubscribeOptions options) {
    return client.subscribe(options, (message, delivery) -> {});
  }

  private Credentials shown() throws InterruptedException {
    return connection().request().credentials();
  }

  @Test
  void subscribe_withItsOwn_showsThoseAndOthersTheClients() throws InterruptedException {
    subscribe(withOwn);
    assertEquals(own, shown());
    subscribe(OPTIONS);
    assertEquals(fake.usernamePassword(), shown());
  }

  @Test
  void subscribe_withItsOwnOnAClientWithoutAny_connects() throws InterruptedException {
    try (NHubClient bare = NHubClient.builder(fake.environment()).build()) {
      bare.subscribe(withOwn, (message, delivery) -> {}).awaitConnected(Eventually.SOON);
    }
  }

  @Test
  void subscribe_reconnecting_showsItsOwnAgain() throws InterruptedException {
    subscribe(withOwn);
    Connection first = connection();
    accept(first);
    first.listener().onClosed(lost());
    assertEquals(own, shown());
  }

  @Test
  void updateCredentials_ofTheClient_leavesThoseWithTheirOwnAlone() throws InterruptedException {
    Subscription subscription = subscribe(withOwn);
    accept(connection());
    standing();
    client.updateCredentials(renewed);
    assertEquals(renewed, shown());
    assertNoConnection();
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
  }

  @Test
  void updateCredentials_ofTheClientWhereOnlyThoseWithTheirOwnStand_countAtOnce()
      throws InterruptedException {
    subscribe(withOwn);
    accept(connection());
    client.updateCredentials(renewed);
    subscribe(OPTIONS);
    assertEquals(renewed, shown());
  }

  @Test
  void updateCredentials_ofASubscription_areForItAlone() throws InterruptedException {
    Credentials clients = standing();
    Subscription subscription = subscribe(withOwn);
    accept(connection());
    subscription.updateCredentials(renewed);
    Connection beside = connection();
    assertEquals(renewed, beside.request().credentials());
    accept(beside);
    assertNoConnection();
    subscribe(OPTIONS);
    assertEquals(clients, shown());
  }

  @Test
  void updateCredentials_ofASubscriptionRefused_keepsTheOld() throws InterruptedException {
    Subscription subscription = subscribe(withOwn);
    Connection first = connection();
    accept(first);
    subscription.updateCredentials(renewed);
    connection().listener().onClosed(refused());
    settle();
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    first.listener().onClosed(lost());
    assertEquals(own, shown());
  }

  @Test
  void updateCredentials_ofASubscriptionThatAwaitsThem_beginsAnew() throws InterruptedException {
    Subscription subscription = subscribe(withOwn.toBuilder().awaitCredentials().build());
    connection().listener().onClosed(refused());
    settle();
    client.updateCredentials(fake.identity("nnn.acme"));
    assertNoConnection();
    assertEquals(SubscriptionState.REFUSED, subscription.state());
    subscription.updateCredentials(renewed);
    assertEquals(renewed, shown());
  }

  @Test
  void updateCredentials_ofASubscriptionThatHadTheClients_makesThemItsOwn()
      throws InterruptedException {
    Subscription subscription = subscribe(OPTIONS);
    accept(connection());
    subscription.updateCredentials(own);
    accept(connection());
    client.updateCredentials(renewed);
    assertNoConnection();
    subscribe(OPTIONS);
    assertEquals(renewed, shown());
  }

  @Test
  void updateCredentials_ofASubscriptionBegunWhileTheClientsWereOffered_areNotReplaced()
      throws InterruptedException {
    standing();
    client.updateCredentials(renewed);
    Connection beside = connection();
    Subscription later = subscribe(OPTIONS);
    accept(connection());
    later.updateCredentials(own);
    accept(connection());
    accept(beside);
    assertNoConnection();
  }

  @Test
  void updateCredentials_ofASubscriptionThatHasEnded_doesNothing() throws InterruptedException {
    Subscription subscription = subscribe(withOwn);
    connection();
    subscription.close();
    subscription.updateCredentials(renewed);
    assertNoConnection();
    assertEquals(SubscriptionState.CLOSED, subscription.state());
  }

  @Test
  void options_areThoseThatItWasBegunWith() {
    Subscription subscription = subscribe(withOwn);
    assertEquals(withOwn, subscription.options());
  }
}
