package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.internal.bridge.BridgePolicy;
import io.nnnco.nhub.testkit.internal.platform.PrivateKeyForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configures a {@link FakeNHub} before it starts. Not thread-safe. */
public final class FakeNHubBuilder {
  private List<Enterprise> enterprises = List.of(Enterprise.of(FakeNHub.DEFAULT_ENTERPRISE));
  private int apiPort;
  private int mqttPort;
  private boolean https;
  private int pageSize = 100;
  private boolean bareLists;
  private PrivateKeyForm privateKeyForm = PrivateKeyForm.SEC1;
  private InstantSource clock = InstantSource.system();
  private FakeAddress address = FakeAddress.loopback();
  private BridgePolicy policy = BridgePolicy.STRICT;
  private boolean leakCheck = true;
  private boolean faultCheck = true;
  private @Nullable Path stateFile;
  private FakeControl.@Nullable Options control;

  FakeNHubBuilder() {}

  /**
   * Sets the enterprises by their codes. The first is the default everywhere. By default: only
   * {@value FakeNHub#DEFAULT_ENTERPRISE}.
   *
   * @param first the first enterprise
   * @param others the other enterprises
   * @return this builder
   * @throws IllegalArgumentException if a code is not valid
   */
  public FakeNHubBuilder enterprises(String first, String... others) {
    enterprises =
        Stream.concat(Stream.of(first), Stream.of(others)).distinct().map(Enterprise::of).toList();
    return this;
  }

  /**
   * Sets the port of the management API.
   *
   * @param port the port; 0, the default, for any free one
   * @return this builder
   */
  public FakeNHubBuilder apiPort(int port) {
    apiPort = requirePort(port);
    return this;
  }

  /**
   * Sets the port of the MQTT bridge.
   *
   * @param port the port; 0, the default, for any free one
   * @return this builder
   */
  public FakeNHubBuilder mqttPort(int port) {
    mqttPort = requirePort(port);
    return this;
  }

  /**
   * Serves the management API over https, with a certificate of the fake's own CA; by default it
   * uses http, which clients accept on this machine.
   *
   * @return this builder
   */
  public FakeNHubBuilder https() {
    https = true;
    return this;
  }

  /**
   * Sets how many entries a page of a list has.
   *
   * @param entries at least 1; 100 by default
   * @return this builder
   */
  public FakeNHubBuilder pageSize(int entries) {
    if (entries < 1) {
      throw new IllegalArgumentException("A page has at least one entry, not " + entries + ".");
    }
    pageSize = entries;
    return this;
  }

  /**
   * Returns lists as plain JSON arrays without pages, which the platform's documentation also
   * allows.
   *
   * @return this builder
   */
  public FakeNHubBuilder bareLists() {
    bareLists = true;
    return this;
  }

  /**
   * Writes private keys as {@code PRIVATE KEY} (PKCS#8) instead of {@code EC PRIVATE KEY} (SEC 1);
   * the platform may use either.
   *
   * @return this builder
   */
  public FakeNHubBuilder pkcs8Keys() {
    privateKeyForm = PrivateKeyForm.PKCS8;
    return this;
  }

  /**
   * Sets the clock that dates certificates and journals, and by which certificates and sessions
   * expire.
   *
   * @param source such as a {@link VirtualClock}; the system's clock by default
   * @return this builder
   */
  public FakeNHubBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * Leaves out the check of a subscription's enterprise, and lets clients publish, retained and
   * with QoS 2 as well, so that general MQTT tools can use the fake.
   *
   * @return this builder
   */
  public FakeNHubBuilder permissive() {
    policy = policy.withPermissive();
    return this;
  }

  /**
   * Rejects a client certificate that is revoked, expired, not yet valid or of another CA inside
   * the TLS handshake, so that the client sees an alert and no CONNACK: the alert of OpenSSL, and
   * so of mosquitto, such as {@code certificate_revoked}. By default, it is refused at CONNECT, as
   * a certificate is whose API key is not active.
   *
   * @return this builder
   */
  public FakeNHubBuilder rejectCertificatesInHandshake() {
    policy = policy.withRejectedCertificatesInHandshake();
    return this;
  }

  /**
   * Grants subscriptions to other enterprises' topics, and sends nothing of those: the client sees
   * no error and receives no messages. By default, the SUBACK refuses them. The platform's
   * documentation does not say which it does.
   *
   * @return this builder
   */
  public FakeNHubBuilder grantForeignSubscriptions() {
    policy = policy.withForeignFiltersGranted();
    return this;
  }

  /**
   * Sets how many messages of QoS 1 and 2 wait for a client that reads or acknowledges too slowly,
   * or is not connected, beside those in flight. Further ones are dropped, which {@link
   * FakeNHub#drops()} and {@link FakeSession#dropped()} show.
   *
   * @param messages at least 1; 100,000 by default, which a burst in a test rarely exceeds.
   *     Mosquitto keeps 1,000, and so does {@code nhub fake}.
   * @return this builder
   */
  public FakeNHubBuilder maxQueuedMessages(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("At least one message waits, not " + messages + ".");
    }
    policy = policy.withMaximumQueued(messages);
    return this;
  }

  /**
   * Listens on another address than the loopback interface's, such as 0.0.0.0 in a container. The
   * fake's secrets are known to whoever can read its output: use it in networks of your own only.
   *
   * @param interfaceAddress where to listen
   * @param names host names and addresses under which clients reach the fake, for which its
   *     certificates are then valid, beside localhost; the first becomes {@link
   *     FakeNHub#environment()}'s. Without any: the address itself, or localhost if that stands for
   *     every interface.
   * @return this builder
   */
  public FakeNHubBuilder bind(InetAddress interfaceAddress, String... names) {
    address = FakeAddress.of(interfaceAddress, List.of(names));
    return this;
  }

  /**
   * Keeps the CA with its key, the management token, API keys and certificates in a file, and
   * starts with what the file has. Without it, each fake has new ones. One fake at a time has the
   * file; a second one does not start.
   *
   * @param file need not exist yet, but its directory must; only its owner will be able to read it
   * @return this builder
   */
  public FakeNHubBuilder stateFile(Path file) {
    stateFile = Objects.requireNonNull(file, "file");
    return this;
  }

  /**
   * Sets whether {@link FakeNHub#close()} and {@link FakeNHub#reset()} fail if a client is still
   * connected or has left messages unacknowledged.
   *
   * @param check true by default
   * @return this builder
   */
  public FakeNHubBuilder leakCheck(boolean check) {
    leakCheck = check;
    return this;
  }

  /**
   * Sets whether {@link FakeNHub#close()} and {@link FakeNHub#reset()} fail if an injected fault
   * has never happened: then the test has not tested what it was written for. Faults that are
   * {@link Occurrence#always() always} or {@link Occurrence#randomly random} need not happen.
   *
   * @param check true by default
   * @return this builder
   */
  public FakeNHubBuilder faultCheck(boolean check) {
    faultCheck = check;
    return this;
  }

  /**
   * Serves the control API, too: HTTP where the fake listens, by default the loopback interface,
   * with which programs in other languages publish messages, inject faults and read journals. By
   * default, there is none.
   *
   * @return this builder
   * @see FakeNHub#control()
   */
  public FakeNHubBuilder control() {
    control = wantedControl();
    return this;
  }

  /**
   * Serves the control API on a port of your choice.
   *
   * @param port the port; 0 for any free one
   * @return this builder
   */
  public FakeNHubBuilder control(int port) {
    control = wantedControl().withPort(requirePort(port));
    return this;
  }

  /**
   * Serves the control API with a token of your choice, instead of a new one each time or that of
   * the {@link #stateFile(Path) state file}.
   *
   * @param token the token
   * @return this builder
   */
  public FakeNHubBuilder controlToken(Secret token) {
    control = wantedControl().withToken(Objects.requireNonNull(token, "token"));
    return this;
  }

  private FakeControl.Options wantedControl() {
    return control == null ? new FakeControl.Options(0, null) : control;
  }

  /**
   * Starts the fake.
   *
   * @return the running fake; close it after use
   * @throws UncheckedIOException if a port is taken, or the state file cannot be read or written
   */
  public FakeNHub start() {
    FakeNHubOptions options =
        new FakeNHubOptions(
            enterprises,
            address,
            apiPort,
            mqttPort,
            https,
            pageSize,
            bareLists,
            privateKeyForm,
            clock,
            policy,
            leakCheck,
            faultCheck,
            stateFile,
            control);
    try {
      return FakeNHub.start(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static int requirePort(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "Not a port: " + port + ". It is 1 to 65,535, or 0 for any.");
    }
    return port;
  }
}
