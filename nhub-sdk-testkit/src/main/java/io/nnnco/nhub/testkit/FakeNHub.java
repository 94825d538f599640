package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.internal.api.ManagementServer;
import io.nnnco.nhub.testkit.internal.bridge.Bridge;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;

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
 * several threads; its own threads are daemons.
 */
public final class FakeNHub implements AutoCloseable {
  /** The enterprise that exists if no other is named. */
  public static final String DEFAULT_ENTERPRISE = "nnn.acme";

  private final Platform platform;
  private final ManagementServer api;
  private final Bridge bridge;
  private final Journals journals;
  private final FakeIdentities identities;
  private final AdminTokens adminTokens;
  private final FakeNHubOptions options;
  private final Runnable clockWatcher;
  private final List<DeviceSimulator> simulators = new CopyOnWriteArrayList<>();
  private boolean closed;

  FakeNHub(FakeNHubOptions options, FakeParts parts) {
    this.options = options;
    platform = parts.platform();
    api = parts.api();
    bridge = parts.bridge();
    journals = parts.journals();
    adminTokens = parts.adminTokens();
    identities = new FakeIdentities(platform, options.enterprises());
    clockWatcher = bridge::clockAdvanced;
    if (options.clock() instanceof VirtualClock virtual) {
      virtual.watch(clockWatcher);
    }
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

  /**
   * A fake to be described before it starts.
   *
   * @return a builder with the defaults
   */
  public static FakeNHubBuilder builder() {
    return new FakeNHubBuilder();
  }

  /**
   * Where the fake is: what a client needs to find it.
   *
   * @return the addresses of API and bridge
   */
  public NHubEnvironment environment() {
    return NHubEnvironment.at(URI.create(api.address()), "localhost", bridge.port());
  }

  /**
   * A token for the management API that may manage every enterprise. API keys created with it
   * belong to the fake's first enterprise.
   *
   * @return the token
   */
  public Secret adminToken() {
    return adminTokens.ofAll();
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
    return adminTokens.of(enterprise);
  }

  /**
   * A certificate that the bridge accepts, of the first enterprise.
   *
   * @return the same identity at each call, until it is revoked, expired or deactivated
   */
  public ClientIdentity identity() {
    return identity(options.defaultEnterprise());
  }

  /**
   * A certificate that the bridge accepts.
   *
   * @param enterprise the enterprise's code
   * @return the same identity at each call, until it is revoked, expired or deactivated
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity identity(String enterprise) {
    return identities.identity(enterprise);
  }

  /**
   * A user name and token that the bridge accepts, of the first enterprise.
   *
   * @return the credentials of {@link #apiKey(String)}
   */
  public UsernamePassword usernamePassword() {
    return usernamePassword(options.defaultEnterprise());
  }

  /**
   * A user name and token that the bridge accepts.
   *
   * @param enterprise the enterprise's code
   * @return the credentials of {@link #apiKey(String)}
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public UsernamePassword usernamePassword(String enterprise) {
    return identities.usernamePassword(enterprise);
  }

  /**
   * The API key behind {@link #identity(String)} and {@link #usernamePassword(String)}.
   *
   * @param enterprise the enterprise's code
   * @return the same key at each call, until it is deactivated
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public FakeApiKey apiKey(String enterprise) {
    return identities.key(enterprise);
  }

  /**
   * Credentials that are wrong in one way or another, and more good ones.
   *
   * @return the place to get them
   */
  public FakeIdentities identities() {
    return identities;
  }

  /**
   * The platform's CA certificate, which signed the certificates of bridge and clients.
   *
   * @return PEM
   */
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
   * @throws IllegalArgumentException if the quality of service is neither 0 nor 1 (rule M9)
   */
  public PublishReceipt publish(String topic, byte[] payload, int qos) {
    if (qos != 0 && qos != 1) {
      throw new IllegalArgumentException("The bridge has QoS 0 and 1, not " + qos + ".");
    }
    return bridge.publish(topic, payload.clone(), qos);
  }

  /**
   * A fleet of devices that send by themselves, to be described before it starts.
   *
   * @return a builder with the defaults
   */
  public DeviceSimulatorBuilder simulator() {
    return new DeviceSimulatorBuilder(
        options.defaultEnterprise(), options.clock(), this::publish, simulators::add);
  }

  /**
   * Lets something go wrong, at its next opportunity.
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
      api.inject(apiFault, when);
    } else if (fault instanceof BridgeFault bridgeFault) {
      bridge.inject(bridgeFault, when);
    }
  }

  /** Forgets the faults that have not happened yet. */
  public void clearFaults() {
    api.clearFaults();
    bridge.clearFaults();
  }

  /**
   * Breaks every connection to the bridge with a TCP reset.
   *
   * @return how many there were
   */
  public int dropConnections() {
    return bridge.dropAll();
  }

  /**
   * Breaks a client's connection to the bridge with a TCP reset.
   *
   * @param clientId whose
   * @return whether it was connected
   */
  public boolean dropConnection(String clientId) {
    return bridge.drop(clientId);
  }

  /**
   * Ends a client's connection as the bridge does by itself: with a DISCONNECT for MQTT 5, without
   * one for MQTT 3.1.1.
   *
   * @param clientId whose
   * @param reasonCode the code of the DISCONNECT
   * @param reason the reason string; empty for none
   * @return whether it was connected
   */
  public boolean disconnect(String clientId, int reasonCode, String reason) {
    return bridge.disconnect(clientId, reasonCode, reason);
  }

  /**
   * Revokes a certificate; a live connection is not cut (rule M6).
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void revoke(String certificateId) {
    if (platform.revoke(certificateId).isEmpty()) {
      throw unknown("certificate", certificateId);
    }
  }

  /**
   * Revokes a certificate; a live connection is not cut (rule M6).
   *
   * @param identity whose certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void revoke(ClientIdentity identity) {
    revoke(certificateIdOf(identity));
  }

  /**
   * Ends a certificate's validity at the platform, now; the date written in it stays. For one whose
   * own date is past, see {@link FakeIdentities#expired(String)}.
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void expire(String certificateId) {
    if (platform.expire(certificateId).isEmpty()) {
      throw unknown("certificate", certificateId);
    }
  }

  /**
   * Ends a certificate's validity at the platform, now; the date written in it stays.
   *
   * @param identity whose certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void expire(ClientIdentity identity) {
    expire(certificateIdOf(identity));
  }

  /**
   * Deactivates an API key: its certificates and its token no longer open a connection (rule M3).
   *
   * @param apiKeyId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void deactivate(String apiKeyId) {
    setActive(apiKeyId, false);
  }

  /**
   * Makes an API key active again.
   *
   * @param apiKeyId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void activate(String apiKeyId) {
    setActive(apiKeyId, true);
  }

  /**
   * Requests to the management API.
   *
   * @return the journal, live
   */
  public Journal<ApiRequest> requests() {
    return journals.requests;
  }

  /**
   * CONNECTs that the bridge answered.
   *
   * @return the journal, live
   */
  public Journal<ConnectRecord> connects() {
    return journals.connects;
  }

  /**
   * Ends of accepted connections.
   *
   * @return the journal, live
   */
  public Journal<DisconnectRecord> disconnects() {
    return journals.disconnects;
  }

  /**
   * Topic filters that the bridge answered, one by one.
   *
   * @return the journal, live
   */
  public Journal<SubscribeRecord> subscriptions() {
    return journals.subscriptions;
  }

  /**
   * PUBACKs, in the order in which the bridge read them.
   *
   * @return the journal, live
   */
  public Journal<AckRecord> acks() {
    return journals.acks;
  }

  /**
   * Connections that did not get through TLS.
   *
   * @return the journal, live
   */
  public Journal<HandshakeRecord> handshakeFailures() {
    return journals.handshakeFailures;
  }

  /**
   * Waits until clients that are leaving have left, then checks that none is connected and none has
   * left a message un-acknowledged. {@link #close()} and {@link #reset()} do so by themselves,
   * unless the check is switched off.
   *
   * @throws AssertionError if a client was left behind; the message names it
   */
  public void verifyNoLeaks() {
    List<String> leaks = LeakCheck.leaks(bridge::sessions);
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          "The test has left something behind:\n  " + String.join("\n  ", leaks));
    }
  }

  /**
   * Begins afresh on the same ports: no API keys, certificates, sessions, faults, journal entries
   * or simulators. Credentials from before are void; the CA and the admin tokens stay.
   *
   * @throws AssertionError if the leak check is on and a client was left behind; the fake is reset
   *     all the same
   */
  public void reset() {
    stopSimulators();
    try {
      checkLeaks();
    } finally {
      clearFaults();
      bridge.reset();
      platform.clear();
      identities.clear();
      journals.clear();
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
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    stopSimulators();
    try {
      checkLeaks();
    } finally {
      if (options.clock() instanceof VirtualClock virtual) {
        virtual.unwatch(clockWatcher);
      }
      bridge.close();
      api.close();
    }
  }

  /** Its addresses. */
  @Override
  public String toString() {
    return "FakeNHub[api=" + api.address() + ", mqtt=localhost:" + bridge.port() + "]";
  }

  private void checkLeaks() {
    if (options.leakCheck()) {
      verifyNoLeaks();
    }
  }

  private void stopSimulators() {
    simulators.forEach(DeviceSimulator::close);
    simulators.clear();
  }

  private String certificateIdOf(ClientIdentity identity) {
    return platform
        .certificateOf(identity.fingerprint())
        .orElseThrow(() -> unknown("certificate", identity.fingerprint()))
        .id();
  }

  private void setActive(String apiKeyId, boolean active) {
    if (!platform.setActive(apiKeyId, active)) {
      throw unknown("API key", apiKeyId);
    }
  }

  private static NoSuchElementException unknown(String what, String id) {
    return new NoSuchElementException("This fake has no " + what + " " + id + ".");
  }
}
