package io.nnnco.nhub.testkit.contract;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.Criteria;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.FakeApiKey;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The contract as the fake keeps it. */
final class FakeServer implements ContractServer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeNHub fake;
  private final Path folder;
  private final Map<Path, ClientIdentity> saved = new HashMap<>();

  FakeServer(Path folder) {
    this(folder, builder -> builder);
  }

  FakeServer(Path folder, UnaryOperator<FakeNHubBuilder> settings) {
    this.folder = folder;
    this.fake = settings.apply(FakeNHub.builder().enterprises(ACME, BETA).leakCheck(false)).start();
  }

  private int port() {
    return fake.environment().mqttPort();
  }

  private Access saved(ClientIdentity identity) {
    try {
      Path place = Files.createDirectory(folder.resolve(UUID.randomUUID().toString()));
      identity.save(place);
      Access access = Access.byCertificate(port(), place);
      saved.put(access.ca().getParent(), identity);
      return access;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ca() {
    return certificate(ACME).ca();
  }

  private Access login(UsernamePassword login) {
    return Access.byPassword(port(), ca(), login.username(), login.password().reveal());
  }

  @Override
  public Access certificate(String enterprise) {
    return saved(fake.identity(enterprise));
  }

  @Override
  public Access token(String enterprise) {
    return login(fake.usernamePassword(enterprise));
  }

  @Override
  public Access noCredentials() {
    return Access.withNothing(port(), ca());
  }

  @Override
  public Access wrongToken() {
    return login(fake.identities().wrongPassword(ACME));
  }

  @Override
  public Access inactiveKeyToken() {
    FakeApiKey key = fake.apiKey(BETA);
    fake.deactivate(key.id());
    return Access.byPassword(port(), ca(), key.username(), key.token().reveal());
  }

  @Override
  public Access inactiveKeyCertificate() {
    return saved(fake.identities().ofInactiveKey(ACME));
  }

  @Override
  public Access foreignCertificate() {
    return saved(fake.identities().foreignCa(ACME));
  }

  @Override
  public Access expiredCertificate() {
    return saved(fake.identities().expired(ACME));
  }

  @Override
  public Access notYetValidCertificate() {
    return saved(fake.identities().notYetValid(ACME));
  }

  @Override
  public Access freshCertificate() {
    return saved(fake.identities().fresh(ACME));
  }

  @Override
  public void revoke(Access certificate) {
    ClientIdentity identity = saved.get(certificate.ca().getParent());
    if (identity == null) {
      throw new AssertionError("not one of these: " + certificate);
    }
    fake.revoke(identity);
  }

  @Override
  public void publish(String topic, String payload, int qos) {
    PublishReceipt receipt = fake.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos);
    // Asking waits until it is routed, as mosquitto_pub waits for its PUBACK.
    receipt.deliveries();
  }

  @Override
  public void awaitGone(String clientId) {
    fake.disconnects()
        .take(PATIENCE, Criteria.where("clientId", DisconnectRecord::clientId, clientId));
  }

  @Override
  public ServerResponses responses() {
    return ServerResponses.FAKE;
  }

  @Override
  public void close() {
    fake.close();
  }
}
