package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * N-Hub in this process: the management API over HTTP and the MQTT bridge over TLS, on the loopback
 * interface, with its own CA.
 *
 * <pre>{@code
 * try (FakeNHub fake = FakeNHub.start()) {
 *   // connect the client under test to fake.environment() with fake.identity()
 *   fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "\u00b0C"))
 *       .awaitDelivered(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>It follows the platform's documented rules; {@code docs/bridge.md} in the repository has a row
 * for each. By default, the only enterprise is {@value #DEFAULT_ENTERPRISE}. Thread-safe. Until it
 * is closed, the threads of its HTTP server keep the JVM alive.
 */
public final class FakeNHub implements AutoCloseable {
  /** The only enterprise by default. */
  public static final String DEFAULT_ENTERPRISE = "nnn.acme";

  private final FakeNHubOptions options;
  private final FakeParts parts;
  private final FakeIdentities identities;
  private final FinalChecks checks;
  private final AtomicBoolean closed = new AtomicBoolean();

  FakeNHub(FakeNHubOptions options, FakeParts parts) {
    this.options = options;
    this.parts = parts;
    this.identities = new FakeIdentities(parts.platform(), options);
    this.checks = new FinalChecks(options, parts);
  }

  /**
   * Starts a fake with all defaults: random free ports, one enterprise, the system's clock.
   *
   * @return the running fake
   * @throws java.io.UncheckedIOException if it cannot listen on the loopback interface
   */
  public static FakeNHub start() {
    return builder().start();
  }

  /** {@return a builder of a fake, with all defaults} */
  public static FakeNHubBuilder builder() {
    return new FakeNHubBuilder();
  }

  /** {@return the addresses of API and bridge} */
  public NHubEnvironment environment() {
    return parts.environment(options.address().host());
  }

  /**
   * {@return a token for the management API that may manage every enterprise} API keys created with
   * it belong to the fake's first enterprise.
   */
  public Secret adminToken() {
    return parts.adminTokens().ofAll();
  }

  /**
   * Returns a token for the management API that may manage only one enterprise: it neither sees nor
   * changes what belongs to others. API keys created with it belong to that enterprise.
   *
   * @param enterprise the enterprise's code
   * @return the token, the same on each call
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public Secret adminToken(String enterprise) {
    options.requireEnterprise(enterprise);
    return parts.adminTokens().of(enterprise);
  }

  /** {@return {@link #identity(String)} of the first enterprise} */
  public ClientIdentity identity() {
    return identity(options.defaultEnterprise());
  }

  /**
   * {@return a certificate that the bridge accepts} It is the same on each call, until it is
   * revoked, expired or deactivated.
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity identity(String enterprise) {
    return identities.identity(enterprise);
  }

  /**
   * {@return whether the bridge accepts this certificate: it is of this fake, active, and of an
   * active API key}
   *
   * @param identity any identity
   */
  public boolean accepts(ClientIdentity identity) {
    return identities.accepts(identity);
  }

  /** {@return {@link #usernamePassword(String)} of the first enterprise} */
  public UsernamePassword usernamePassword() {
    return usernamePassword(options.defaultEnterprise());
  }

  /**
   * {@return a user name and token that the bridge accepts, those of {@link #apiKey(String)}}
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public UsernamePassword usernamePassword(String enterprise) {
    return identities.usernamePassword(enterprise);
  }

  /**
   * {@return the API key behind {@link #identity(String)} and {@link #usernamePassword(String)}} It
   * is the same on each call, until it is deactivated.
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public FakeApiKey apiKey(String enterprise) {
    return identities.key(enterprise);
  }

  /** {@return a source of further credentials: valid ones, and ones with each kind of fault} */
  public FakeIdentities identities() {
    return identities;
  }

  /** {@return the platform's CA certificate as PEM, which signed those of bridge and clients} */
  public String caCertificatePem() {
    return identities.caPem();
  }

  /**
   * Publishes a device message with QoS 1.
   *
   * @param message the message; goes to the first enterprise unless it names its own
   * @return what happens to it
   */
  public PublishReceipt publish(FakeMessage message) {
    return parts
        .bridge()
        .publish(message.published(options.defaultEnterprise(), options.clock().instant()));
  }

  /**
   * Publishes any text on any topic with QoS 1.
   *
   * @param topic the topic
   * @param payload the payload, sent as UTF-8
   * @return what happens to it
   */
  public PublishReceipt publish(String topic, String payload) {
    return publish(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Publishes any bytes on any topic with QoS 1.
   *
   * @param topic the topic
   * @param payload the bytes
   * @return what happens to them
   */
  public PublishReceipt publish(String topic, byte[] payload) {
    return publish(topic, payload, 1);
  }

  /**
   * Publishes any bytes on any topic. A subscriber gets the lower of this quality of service and
   * its own.
   *
   * @param topic the topic
   * @param payload the bytes
   * @param qos 0 or 1
   * @return what happens to them
   * @throws IllegalArgumentException if no message can have this topic, for example because of a
   *     wildcard, or the QoS is neither 0 nor 1
   */
  public PublishReceipt publish(String topic, byte[] payload, int qos) {
    return parts.bridge().publish(topic, payload, qos);
  }

  /** {@return a builder of a fleet of devices that send on their own} */
  public DeviceSimulatorBuilder simulator() {
    return new DeviceSimulatorBuilder(
        options.defaultEnterprise(), options.clock(), this::publish, checks::add);
  }

  /**
   * Injects a fault at its next opportunity.
   *
   * @param fault the fault
   */
  public void inject(Fault fault) {
    inject(fault, Occurrence.once());
  }

  /**
   * Injects a fault.
   *
   * @param fault the fault
   * @param when at which of its opportunities it happens
   */
  public void inject(Fault fault, Occurrence when) {
    parts.inject(fault, when);
  }

  /**
   * Checks that every injected fault has happened at least once, except for those that are {@link
   * Occurrence#always() always} or {@link Occurrence#randomly random}. {@link #close()} and {@link
   * #reset()} do this themselves, unless the check is off. Cleared faults are not checked.
   *
   * @throws AssertionError if one has not; the message names it
   */
  public void verifyFaultsHappened() {
    checks.verifyFaultsHappened();
  }

  /** Clears the faults that have not happened yet. */
  public void clearFaults() {
    parts.clearFaults();
  }

  /**
   * Breaks every connection to the bridge with a TCP reset.
   *
   * @return how many connections there were
   */
  public int dropConnections() {
    return parts.bridge().dropAll();
  }

  /**
   * {@return the bridge's side of one client: its state there, and ways to end its connection}
   *
   * @param clientId the client; it need not exist yet
   */
  public FakeSession session(String clientId) {
    return new FakeSession(parts.bridge(), clientId);
  }

  /**
   * Revokes a certificate; its live connection is not cut.
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void revoke(String certificateId) {
    parts.platform().revoke(certificateId);
  }

  /**
   * Revokes a certificate; its live connection is not cut.
   *
   * @param identity the identity with the certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void revoke(ClientIdentity identity) {
    revoke(parts.platform().certificateIdOf(identity.fingerprint()));
  }

  /**
   * Ends a certificate's validity at the platform, now; its own expiry date stays. For a
   * certificate whose own date is past, see {@link FakeIdentities#expired(String)}.
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void expire(String certificateId) {
    parts.platform().expire(certificateId);
  }

  /**
   * Ends a certificate's validity at the platform, now; its own expiry date stays.
   *
   * @param identity the identity with the certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void expire(ClientIdentity identity) {
    expire(parts.platform().certificateIdOf(identity.fingerprint()));
  }

  /**
   * Deactivates an API key: the bridge no longer accepts its certificates and its token.
   *
   * @param apiKeyId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void deactivate(String apiKeyId) {
    parts.platform().setActive(apiKeyId, false);
  }

  /**
   * Makes an API key active again.
   *
   * @param apiKeyId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void activate(String apiKeyId) {
    parts.platform().setActive(apiKeyId, true);
  }

  /** {@return the requests to the management API, live} */
  public Journal<RequestRecord> requests() {
    return parts.journals().requests;
  }

  /** {@return the CONNECTs to which the bridge responded, live} */
  public Journal<ConnectRecord> connects() {
    return parts.journals().connects;
  }

  /** {@return the ends of accepted connections, live} */
  public Journal<DisconnectRecord> disconnects() {
    return parts.journals().disconnects;
  }

  /** {@return the topic filters to which the bridge responded, one by one, live} */
  public Journal<SubscribeRecord> subscriptions() {
    return parts.journals().subscriptions;
  }

  /** {@return the PUBACKs in the order in which the bridge read them, live} */
  public Journal<AckRecord> acks() {
    return parts.journals().acks;
  }

  /** {@return the messages dropped because too many others were waiting for their client, live} */
  public Journal<DropRecord> drops() {
    return parts.journals().drops;
  }

  /** {@return the connections that did not complete the TLS handshake, live} */
  public Journal<HandshakeRecord> handshakeFailures() {
    return parts.journals().handshakeFailures;
  }

  /**
   * Waits until clients that are disconnecting have disconnected, then checks that no client is
   * connected and that none has left a message unacknowledged. {@link #close()} and {@link
   * #reset()} do this themselves, unless the check is off.
   *
   * @throws AssertionError if a client was left behind; the message names it
   */
  public void verifyNoLeaks() {
    checks.verifyNoLeaks();
  }

  /**
   * Starts over on the same ports: no API keys, certificates, sessions, faults, journal entries or
   * simulators. Earlier credentials are void; the CA and the admin tokens stay.
   *
   * @throws AssertionError if the leak check or the fault check fails; the fake is reset all the
   *     same
   */
  public void reset() {
    try {
      checks.settle();
    } finally {
      parts.clear();
      identities.clear();
    }
  }

  /**
   * Stops everything and frees the ports. Idempotent.
   *
   * @throws AssertionError if the leak check or the fault check fails; it is stopped all the same
   */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      try {
        checks.settle();
      } finally {
        parts.close();
      }
    }
  }

  /** Its addresses. */
  @Override
  public String toString() {
    return "FakeNHub[api=%s, mqtt=%s:%d]"
        .formatted(parts.api().address(), options.address().host(), parts.bridge().port());
  }
}
