package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.internal.platform.PrivateKeyForm;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private boolean permissive;
  private boolean rejectCertificatesInHandshake;
  private boolean leakCheck = true;
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
   * Leaves out the check of a subscription's enterprise, and lets clients publish, so that general
   * MQTT tools can use the fake.
   *
   * @return this builder
   */
  public FakeNHubBuilder permissive() {
    permissive = true;
    return this;
  }

  /**
   * Rejects a bad client certificate inside the TLS handshake, so that the client sees an alert and
   * no CONNACK. By default, it is refused at CONNECT.
   *
   * @return this builder
   */
  public FakeNHubBuilder rejectCertificatesInHandshake() {
    rejectCertificatesInHandshake = true;
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
   * Serves the control API, too: HTTP on the loopback interface, with which programs in other
   * languages publish messages, inject faults and read journals. By default, there is none.
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
   * Serves the control API with a token of your choice, instead of a new one each time.
   *
   * @param token the token
   * @return this builder
   */
  public FakeNHubBuilder controlToken(Secret token) {
    control = wantedControl().withToken(token);
    return this;
  }

  private FakeControl.Options wantedControl() {
    return control == null ? FakeControl.Options.ofPort(0) : control;
  }

  /**
   * Starts the fake.
   *
   * @return the running fake; close it after use
   * @throws UncheckedIOException if a port is taken
   */
  public FakeNHub start() {
    FakeNHubOptions options =
        new FakeNHubOptions(
            enterprises,
            apiPort,
            mqttPort,
            https,
            pageSize,
            bareLists,
            privateKeyForm,
            clock,
            permissive,
            rejectCertificatesInHandshake,
            leakCheck,
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
