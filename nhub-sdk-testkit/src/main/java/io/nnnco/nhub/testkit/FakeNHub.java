package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.ReplayTarget;
import io.nnnco.nhub.testkit.internal.control.ControlApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
 * is closed, the threads of its HTTP servers keep the JVM alive.
 */
public final class FakeNHub extends FakeCredentials
    implements AutoCloseable, ReplayTarget<InterruptedException> {
  /** The only enterprise by default. */
  public static final String DEFAULT_ENTERPRISE = "nnn.acme";

  private final FakeNHubOptions options;
  private final FakeParts parts;
  private final Replays replays;
  private final FinalChecks checks;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Optional<ControlApi> control = Optional.empty();

  private FakeNHub(FakeNHubOptions options, FakeParts parts) {
    super(options, parts);
    this.options = options;
    this.parts = parts;
    this.replays = new Replays(parts.bridge());
    this.checks = new FinalChecks(options, parts);
  }

  /** The control API comes last: its callers reach the whole fake. */
  static FakeNHub start(FakeNHubOptions options) throws IOException {
    FakeParts parts = FakeParts.start(options);
    FakeNHub fake = new FakeNHub(options, parts);
    fake.control = parts.startControl(fake, options, fake.checks::running, fake.identities());
    return fake;
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
   * {@return where the control API is}
   *
   * @throws IllegalStateException if the fake has none, see {@link FakeNHubBuilder#control()}
   */
  public FakeControl control() {
    return control.map(FakeControl::of).orElseThrow(FakeControl::none);
  }

  /**
   * Publishes a device message with QoS 1.
   *
   * @param message the message; goes to the first enterprise unless it names its own
   * @return what happens to it
   */
  public PublishReceipt publish(FakeMessage message) {
    return parts.publish(message, options);
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

  /**
   * Publishes a recorded message as it was, for {@link
   * io.nnnco.nhub.recording.Recording#replayInto}. While a connected client has hundreds of such
   * messages to acknowledge, this waits for it: a replay is no faster than those who read.
   *
   * @param message the message
   * @throws IllegalArgumentException if no message can have this topic or quality of service
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  @Override
  public void replay(RecordedMessage message) throws InterruptedException {
    replays.publish(message);
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
      identities().clear();
      control.ifPresent(ControlApi::clear);
    }
  }

  /**
   * Stops everything and frees the ports. Idempotent.
   *
   * @throws AssertionError if the leak check or the fault check fails; it is stopped all the same
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      checks.settle();
    } finally {
      control.ifPresent(ControlApi::close);
      parts.close();
    }
  }

  /** Its addresses. */
  @Override
  public String toString() {
    return "FakeNHub[" + parts.addresses(options.address().host()) + "]";
  }
}
