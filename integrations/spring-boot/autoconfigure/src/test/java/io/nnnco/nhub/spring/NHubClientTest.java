package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The client that the properties describe. */
@NHubTest
class NHubClientTest {
  @Test
  void environment_name_givesTheHostedAddresses() {
    Contexts.bare()
        .withPropertyValues("nhub.environment=dev-au-03")
        .run(
            context -> {
              NHubConnectionDetails details = context.getBean(NHubConnectionDetails.class);
              assertEquals(NHubEnvironment.of("dev-au-03"), details.environment());
              assertTrue(context.getBeansOfType(NHubClient.class).size() == 1);
            });
  }

  @Test
  void mqtt_withoutAPort_has8883() {
    Contexts.bare()
        .withPropertyValues("nhub.api-url=https://example.com/x", "nhub.mqtt=mqtt.example.com")
        .run(
            context -> {
              NHubEnvironment environment =
                  context.getBean(NHubConnectionDetails.class).environment();
              assertEquals("https://example.com/x/", environment.api().toString());
              assertEquals("mqtt.example.com", environment.mqttHost());
              assertEquals(8883, environment.mqttPort());
            });
  }

  @Test
  void enabled_false_createsNothing() {
    Contexts.bare()
        .withPropertyValues("nhub.enabled=false")
        .run(
            context -> {
              assertEquals(0, context.getBeansOfType(NHubClient.class).size());
              assertEquals(0, context.getBeansOfType(NHubListenerRegistry.class).size());
            });
  }

  @Test
  void client_ofTheApplication_isTheOnlyOne(FakeNHub fake) {
    NHubClient own = NHubClient.builder(fake.environment()).build();
    Contexts.bare()
        .withBean("own", NHubClient.class, () -> own)
        .run(context -> assertSame(own, context.getBean(NHubClient.class)));
  }

  @Test
  void credentials_directory_connects(FakeNHub fake, @TempDir Path directory) {
    fake.identity().save(directory);
    assertReceives(
        fake,
        Contexts.addressing(fake).withPropertyValues("nhub.credentials.directory=" + directory));
  }

  @Test
  void credentials_usernameAndToken_connect(FakeNHub fake, @TempDir Path directory)
      throws IOException {
    UsernamePassword login = fake.usernamePassword();
    Path ca = Files.writeString(directory.resolve("ca.pem"), fake.caCertificatePem());
    assertReceives(
        fake,
        Contexts.addressing(fake)
            .withPropertyValues(
                "nhub.credentials.username=" + login.username(),
                "nhub.credentials.token=" + login.password().reveal(),
                "nhub.credentials.ca=file:" + ca));
  }

  @ParameterizedTest
  @ValueSource(strings = {"paho", "direct"})
  void engine_each_connects(String engine, FakeNHub fake) {
    assertReceives(fake, Contexts.with(fake).withPropertyValues("nhub.engine=" + engine));
  }

  @Test
  void handler_withoutVirtualThreads_runsOnThreadsOfTheProperty(FakeNHub fake) {
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    Contexts.with(fake)
        .withPropertyValues("nhub.listener.threads=1")
        .run(
            context -> {
              NHubClient client = context.getBean(NHubClient.class);
              try (Subscription subscription =
                  client.subscribe(
                      "nnn.acme", uplink -> threads.add(Thread.currentThread().getName()))) {
                subscription.awaitConnected(Eventually.SOON);
                fake.publish(FakeMessage.uplink("A")).awaitDelivered(Eventually.SOON);
                fake.publish(FakeMessage.uplink("B")).awaitDelivered(Eventually.SOON);
                Eventually.isTrue("two handled", () -> threads.size() == 2);
              }
            });
    assertEquals(2, threads.stream().filter("nhub-handler-1"::equals).count(), threads::toString);
  }

  @Test
  void management_token_callsTheApi(FakeNHub fake) {
    Contexts.addressing(fake)
        .withPropertyValues("nhub.management.token=" + fake.adminToken().reveal())
        .run(
            context -> {
              NHubClient client = context.getBean(NHubClient.class);
              assertFalse(client.management().apiKeys().create("spring").id().isEmpty());
            });
  }

  @Test
  void proxy_unreachable_isWhatTheErrorNames(FakeNHub fake) {
    Contexts.with(fake)
        .withPropertyValues(
            "nhub.proxy.kind=socks5",
            "nhub.proxy.host=localhost",
            "nhub.proxy.port=" + ClosedPort.number(),
            "nhub.proxy.username=u",
            "nhub.proxy.password=p",
            "nhub.management.token=")
        .withBean(NHubConnectionDetails.class, () -> new WithoutManagement(fake))
        .run(
            context -> {
              NHubClient client = context.getBean(NHubClient.class);
              try (Subscription subscription = client.subscribe("nnn.acme", uplink -> {})) {
                Eventually.isTrue(
                    "a failed attempt", () -> subscription.health().detail().contains("proxy"));
              }
            });
  }

  private record WithoutManagement(FakeNHub fake) implements NHubConnectionDetails {
    @Override
    public NHubEnvironment environment() {
      return fake.environment();
    }

    @Override
    public Credentials credentials() {
      return fake.identity();
    }
  }

  @Test
  void connectionDetails_ofTheApplication_replaceTheProperties(FakeNHub fake) {
    assertReceives(
        fake,
        Contexts.bare()
            .withPropertyValues("nhub.environment=Not A Name")
            .withBean(NHubConnectionDetails.class, () -> new WithoutManagement(fake)));
  }

  @Test
  void customizer_each_isCalledWithTheBuilder(FakeNHub fake) {
    BlockingQueue<String> called = new LinkedBlockingQueue<>();
    Contexts.with(fake)
        .withBean(NHubClientCustomizer.class, () -> builder -> called.add("customized"))
        .run(context -> assertEquals(1, called.size()));
  }

  @Test
  void client_contextCloses_isClosed(FakeNHub fake) {
    NHubClient[] client = new NHubClient[1];
    Contexts.with(fake).run(context -> client[0] = context.getBean(NHubClient.class));

    assertThrows(IllegalStateException.class, () -> client[0].subscribe("nnn.acme", uplink -> {}));
  }

  @Test
  void sslBundle_pem_connectsAndIsReplacedWhenReloaded(FakeNHub fake, @TempDir Path directory) {
    fake.identity().save(directory);
    ClientIdentity renewed = fake.identities().fresh("nnn.acme");
    Contexts.addressing(fake)
        .withPropertyValues(
            "nhub.credentials.ssl-bundle=nhub",
            "spring.ssl.bundle.watch.file.quiet-period=10ms",
            "spring.ssl.bundle.pem.nhub.reload-on-update=true",
            "spring.ssl.bundle.pem.nhub.keystore.certificate=" + directory.resolve("client.crt"),
            "spring.ssl.bundle.pem.nhub.keystore.private-key=" + directory.resolve("client.key"),
            "spring.ssl.bundle.pem.nhub.truststore.certificate=" + directory.resolve("ca.crt"))
        .run(
            context -> {
              NHubClient client = context.getBean(NHubClient.class);
              try (Subscription subscription = client.subscribe("nnn.acme", uplink -> {})) {
                subscription.awaitConnected(Eventually.SOON);
                renewed.save(directory);
                Eventually.isTrue(
                    "connected with the renewed certificate",
                    () ->
                        fake.connects().all().stream()
                            .anyMatch(
                                connect ->
                                    renewed
                                        .fingerprint()
                                        .equals(connect.certificateFingerprint())));
              }
            });
  }

  @Test
  void sslBundle_withLogin_givesTheCa(FakeNHub fake, @TempDir Path directory) throws IOException {
    Path ca = Files.writeString(directory.resolve("ca.pem"), fake.caCertificatePem());
    UsernamePassword login = fake.usernamePassword();
    assertReceives(
        fake,
        Contexts.addressing(fake)
            .withPropertyValues(
                "nhub.credentials.ssl-bundle=nhub",
                "nhub.credentials.username=" + login.username(),
                "nhub.credentials.token=" + login.password().reveal(),
                "spring.ssl.bundle.pem.nhub.truststore.certificate=" + ca));
  }

  private static void assertReceives(FakeNHub fake, ApplicationContextRunner runner) {
    BlockingQueue<Uplink> received = new LinkedBlockingQueue<>();
    runner.run(
        context -> {
          NHubClient client = context.getBean(NHubClient.class);
          try (Subscription subscription = client.subscribe("nnn.acme", received::add)) {
            subscription.awaitConnected(Eventually.SOON);
            fake.publish(FakeMessage.uplink("ABC123")).awaitDelivered(Eventually.SOON);
            Eventually.isTrue("handled", () -> received.size() == 1);
          }
        });
    assertEquals("ABC123", received.remove().deviceId());
  }

  @Test
  void secretsOfDetails_fromProperties_areThoseSet() {
    Contexts.bare()
        .withPropertyValues("nhub.environment=a", "nhub.management.token= t0ken ")
        .run(
            context ->
                assertEquals(
                    Secret.of("t0ken"),
                    context.getBean(NHubConnectionDetails.class).managementToken()));
  }
}
