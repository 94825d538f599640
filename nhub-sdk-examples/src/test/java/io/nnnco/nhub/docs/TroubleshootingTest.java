package io.nnnco.nhub.docs;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/troubleshooting.md says the SDK says is what it says. */
@Timeout(600)
class TroubleshootingTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FakeNHub fake = FakeNHub.builder().enterprises("nnn.acme").start();
  private final FakeNHub other = FakeNHub.start();
  private final FakeNHub strict = FakeNHub.builder().rejectCertificatesInHandshake().start();

  @AfterEach
  void stop() {
    fake.close();
    other.close();
    strict.close();
  }

  @Test
  void page_everyMessage_isWhatTheSdkSaysInThatCase(@TempDir Path directory) throws Exception {
    List<String> said = new ArrayList<>();
    said.add(subscribing(withTheCaOf(other)));
    said.add(loadingWithTheWrongCa());
    said.add(subscribing(fake.identities().expired(DEFAULT_ENTERPRISE)));
    said.add(subscribingWhereNobodyListens());
    said.add(subscribing(fake.identities().ofInactiveKey(DEFAULT_ENTERPRISE)));
    said.add(subscribing(fake.identities().wrongPassword(DEFAULT_ENTERPRISE)));
    said.add(subscribing(fake.environment(), fake.identity(), "nnn.other"));
    said.add(silence());
    said.add(subscribing(fake.identities().revoked(DEFAULT_ENTERPRISE)));
    said.add(
        subscribing(
            strict.environment(), strict.identities().revoked("nnn.acme"), DEFAULT_ENTERPRISE));
    said.add(loadingFromNowhere(directory.resolve("certs")));

    Markdown page = Markdown.read(Markdown.ROOT.resolve("docs/troubleshooting.md"));
    assertEquals(
        said.stream().map(TroubleshootingTest::plain).toList(),
        page.blocks("text").stream().map(TroubleshootingTest::plain).toList());
  }

  private String subscribing(Credentials credentials) {
    return subscribing(fake.environment(), credentials, DEFAULT_ENTERPRISE);
  }

  private static String subscribing(
      NHubEnvironment environment, Credentials credentials, String enterprise) {
    try (NHubClient nhub = NHubClient.builder(environment).credentials(credentials).build();
        Subscription uplinks = nhub.subscribe(enterprise, uplink -> {})) {
      return message(() -> uplinks.awaitConnected(SOON));
    }
  }

  private static String message(org.junit.jupiter.api.function.Executable call) {
    return String.valueOf(assertThrows(NHubException.class, call).getMessage());
  }

  private UsernamePassword withTheCaOf(FakeNHub wrong) {
    UsernamePassword right = fake.usernamePassword();
    return UsernamePassword.of(right.username(), right.password(), wrong.caCertificatePem());
  }

  private String loadingWithTheWrongCa() {
    try (Management admin =
        Management.builder(fake.environment()).token(fake.adminToken()).build()) {
      var key = admin.apiKeys().create("svc");
      var issued = admin.certificates().issue("Wrong CA", key.id());
      return message(
          () ->
              ClientIdentity.fromPem(
                  issued.certificatePem(), issued.privateKeyPem(), other.caCertificatePem()));
    }
  }

  /** That ends no subscription, so it is an event that tells it. */
  private String subscribingWhereNobodyListens() throws InterruptedException {
    NHubEnvironment nowhere =
        NHubEnvironment.at(fake.environment().api(), "localhost", ClosedPort.number());
    return told(
        nowhere,
        options -> {},
        event ->
            event instanceof SubscriptionEvent.Disconnected down
                ? down.cause().getMessage()
                : null);
  }

  private String silence() throws InterruptedException {
    return told(
        fake.environment(),
        options -> options.silentAfter(Duration.ofMillis(100)),
        event -> event instanceof SubscriptionEvent.Silent silent ? silent.hint() : null);
  }

  private String told(
      NHubEnvironment environment,
      Consumer<SubscribeOptionsBuilder> more,
      Function<SubscriptionEvent, @Nullable String> text)
      throws InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    SubscribeOptionsBuilder options =
        SubscribeOptions.builder(DEFAULT_ENTERPRISE)
            .listener(event -> Optional.ofNullable(text.apply(event)).ifPresent(told::add));
    more.accept(options);
    try (NHubClient nhub = NHubClient.builder(environment).credentials(fake.identity()).build()) {
      nhub.subscribe(options.build(), (message, delivery) -> {});
      return String.valueOf(told.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }
  }

  private static String loadingFromNowhere(Path certs) {
    return message(() -> ClientIdentity.load(certs)).replace(certs.toString(), "certs");
  }

  /** Without what differs from run to run: names, ports, times, and where lines are broken. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ")
        .strip()
        .replaceAll("localhost(/[0-9.:a-f]+)?|mqtt\\.dev-au-03\\.nnnco\\.io", "HOST")
        .replaceAll("HOST(:| port )\\d+", "HOST$1PORT")
        .replaceAll("testkit-[0-9a-f]{8}|api-sp-global-04f62b", "USER")
        .replaceAll("CN=[0-9a-f]{8}-[0-9a-f-]{27}", "CN=UUID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }
}
