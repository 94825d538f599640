package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * N-Hub in this process: the management API over HTTP and the MQTT bridge over TLS, on the loopback
 * interface, with a CA of its own.
 *
 * <pre>{@code
 * try (FakeNHub fake = FakeNHub.start()) {
 *   // connect the client under test to fake.environment() with fake.identity()
 *   fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "\u00b0C"))
 *       .awaitDelivered(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>It follows the platform's rules R1 to R10 and M1 to M16; {@code docs/bridge.md} has a row for
 * each. Enterprise {@value #DEFAULT_ENTERPRISE} exists unless others are named. Safe for use by
 * several threads. Until it is closed, the threads of its HTTP server keep the JVM alive.
 */
public final class FakeNHub implements AutoCloseable {
  /** The enterprise that exists if no other is named. */
  public static final String DEFAULT_ENTERPRISE = "nnn.acme";

  private final FakeNHubOptions options;
  private final FakeParts parts;
  private final FakeIdentities identities;
  private final List<DeviceSimulator> simulators = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  FakeNHub(FakeNHubOptions options, FakeParts parts) {
    this.options = options;
    this.parts = parts;
    this.identities = new FakeIdentities(parts.platform(), options);
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
    return NHubEnvironment.at(
        URI.create(parts.api().address()), "localhost", parts.bridge().port());
  }

  /**
   * {@return a token for the management API that may manage every enterprise} API keys created with
   * it belong to the fake's first enterprise.
   */
  public Secret adminToken() {
    return parts.adminTokens().ofAll();
  }

  /**
   * A token for the management API that may manage one enterprise only: what belongs to others it
   * neither sees nor changes (rule R9). API keys created with it belong to that enterprise.
   *
   * @param enterprise the enterprise's code
   * @return the token, the same at each call
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
   * {@return a certificate that the bridge accepts} The same at each call, until it is revoked,
   * expired or deactivated.
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity identity(String enterprise) {
    return identities.identity(enterprise);
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
   * {@return the API key behind {@link #identity(String)} and {@link #usernamePassword(String)}}
   * The same at each call, until it is deactivated.
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public FakeApiKey apiKey(String enterprise) {
    return identities.key(enterprise);
  }

  /** {@return where to get credentials that are wrong in one way or another, and more good ones} */
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
   * @param message what; goes to the first enterprise unless it names its own
   * @return what becomes of it
   */
  public PublishReceipt publish(FakeMessage message) {
    return publish(
        message.topic(options.defaultEnterprise()), message.payload(options.clock().instant()));
  }

  /**
   * Publishes any text on any topic with QoS 1.
   *
   * @param topic the topic
   * @param payload sent as UTF-8
   * @return what becomes of it
   */
  public PublishReceipt publish(String topic, String payload) {
    return publish(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Publishes any bytes on any topic with QoS 1.
   *
   * @param topic the topic
   * @param payload the bytes
   * @return what becomes of them
   */
  public PublishReceipt publish(String topic, byte[] payload) {
    return publish(topic, payload, 1);
  }

  /**
   * Publishes any bytes on any topic. A subscriber gets the lower of this and its own quality of
   * service.
   *
   * @param topic the topic
   * @param payload the bytes
   * @param qos 0 or 1
   * @return what becomes of them
   * @throws IllegalArgumentException if no message can have this topic, such as one with a
   *     wildcard, or the quality of service is neither 0 nor 1 (rule M9)
   */
  public PublishReceipt publish(String topic, byte[] payload, int qos) {
    return parts.bridge().publish(topic, payload, qos);
  }

  /** {@return a builder of a fleet of devices that send by themselves} */
  public DeviceSimulatorBuilder simulator() {
    return new DeviceSimulatorBuilder(
        options.defaultEnterprise(), options.clock(), this::publish, simulators::add);
  }

  /**
   * Lets something go wrong at its next opportunity.
   *
   * @param fault what
   */
  public void inject(Fault fault) {
    inject(fault, Occurrence.once());
  }

  /**
   * Lets something go wrong.
   *
   * @param fault what
   * @param when at which of its opportunities
   */
  public void inject(Fault fault, Occurrence when) {
    if (fault instanceof ApiFault apiFault) {
      parts.api().inject(apiFault, when);
    } else if (fault instanceof BridgeFault bridgeFault) {
      parts.bridge().inject(bridgeFault, when);
    }
  }

  /** Forgets the faults that have not happened yet. */
  public void clearFaults() {
    parts.api().clearFaults();
    parts.bridge().clearFaults();
  }

  /**
   * Breaks every connection to the bridge with a TCP reset.
   *
   * @return how many there were
   */
  public int dropConnections() {
    return parts.bridge().dropAll();
  }

  /**
   * {@return the bridge's side of one client: what it has of it, and ways to end its connection}
   *
   * @param clientId whose; one that is not there yet may come
   */
  public FakeSession session(String clientId) {
    return new FakeSession(parts.bridge(), clientId);
  }

  /**
   * Revokes a certificate; a live connection is not cut (rule M6).
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void revoke(String certificateId) {
    parts.platform().revoke(certificateId);
  }

  /**
   * Revokes a certificate; a live connection is not cut (rule M6).
   *
   * @param identity whose certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void revoke(ClientIdentity identity) {
    revoke(parts.platform().certificateIdOf(identity.fingerprint()));
  }

  /**
   * Ends a certificate's validity at the platform, now; the date written in it stays. For one whose
   * own date is past, see {@link FakeIdentities#expired(String)}.
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void expire(String certificateId) {
    parts.platform().expire(certificateId);
  }

  /**
   * Ends a certificate's validity at the platform, now; the date written in it stays.
   *
   * @param identity whose certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void expire(ClientIdentity identity) {
    expire(parts.platform().certificateIdOf(identity.fingerprint()));
  }

  /**
   * Deactivates an API key: its certificates and its token no longer open a connection (rule M3).
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
  public Journal<ApiRequest> requests() {
    return parts.journals().requests;
  }

  /** {@return the CONNECTs that the bridge answered, live} */
  public Journal<ConnectRecord> connects() {
    return parts.journals().connects;
  }

  /** {@return the ends of accepted connections, live} */
  public Journal<DisconnectRecord> disconnects() {
    return parts.journals().disconnects;
  }

  /** {@return the topic filters that the bridge answered, one by one, live} */
  public Journal<SubscribeRecord> subscriptions() {
    return parts.journals().subscriptions;
  }

  /** {@return the PUBACKs in the order in which the bridge read them, live} */
  public Journal<AckRecord> acks() {
    return parts.journals().acks;
  }

  /** {@return the connections that did not get through TLS, live} */
  public Journal<HandshakeRecord> handshakeFailures() {
    return parts.journals().handshakeFailures;
  }

  /**
   * Waits until clients that are leaving have left, then checks that none is connected and none has
   * left a message un-acknowledged. {@link #close()} and {@link #reset()} do so by themselves,
   * unless the check is switched off.
   *
   * @throws AssertionError if a client was left behind; the message names it
   */
  public void verifyNoLeaks() {
    LeakCheck.verify(parts.bridge()::sessions);
  }

  /**
   * Begins afresh on the same ports: no API keys, certificates, sessions, faults, journal entries
   * or simulators. Credentials from before are void; the CA and the admin tokens stay.
   *
   * @throws AssertionError if the leak check is on and a client was left behind; the fake is reset
   *     all the same
   */
  public void reset() {
    try {
      settle();
    } finally {
      clearFaults();
      parts.bridge().reset();
      parts.platform().clear();
      identities.clear();
      parts.journals().clear();
    }
  }

  /**
   * Stops everything and frees the ports. Idempotent.
   *
   * @throws AssertionError if the leak check is on and a client was left behind; the fake is
   *     stopped all the same
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      settle();
    } finally {
      parts.close();
    }
  }

  /** Its addresses. */
  @Override
  public String toString() {
    return "FakeNHub[api="
        + parts.api().address()
        + ", mqtt=localhost:"
        + parts.bridge().port()
        + "]";
  }

  /** Stops what sends, so that clients can come to an end, then looks whether they have. */
  private void settle() {
    simulators.forEach(DeviceSimulator::close);
    simulators.clear();
    if (options.leakCheck()) {
      verifyNoLeaks();
    }
  }
}
