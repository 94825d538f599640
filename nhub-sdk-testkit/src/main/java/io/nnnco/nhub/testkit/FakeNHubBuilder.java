package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.testkit.internal.platform.PrivateKeyForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Describes a {@link FakeNHub} before it starts. For use by one thread. */
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

  FakeNHubBuilder() {}

  /**
   * The enterprises that there are, by their codes. The first is the default everywhere. If not
   * set: {@value FakeNHub#DEFAULT_ENTERPRISE} alone.
   *
   * @param first the first
   * @param others the others
   * @return this builder
   * @throws IllegalArgumentException if a code is not one
   */
  public FakeNHubBuilder enterprises(String first, String... others) {
    enterprises =
        Stream.concat(Stream.of(first), Stream.of(others)).distinct().map(Enterprise::of).toList();
    return this;
  }

  /**
   * The port of the management API.
   *
   * @param port the port; 0, the default, for any free one
   * @return this builder
   */
  public FakeNHubBuilder apiPort(int port) {
    apiPort = requirePort(port);
    return this;
  }

  /**
   * The port of the MQTT bridge.
   *
   * @param port the port; 0, the default, for any free one
   * @return this builder
   */
  public FakeNHubBuilder mqttPort(int port) {
    mqttPort = requirePort(port);
    return this;
  }

  /**
   * Serves the management API over https, with a certificate by the fake's own CA; otherwise over
   * http, which clients accept on this machine.
   *
   * @return this builder
   */
  public FakeNHubBuilder https() {
    https = true;
    return this;
  }

  /**
   * How many entries a page of a list has (rule R8).
   *
   * @param entries at least 1; 100 if not set
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
   * Answers lists as plain JSON arrays without pages, which rule R8 allows too.
   *
   * @return this builder
   */
  public FakeNHubBuilder bareLists() {
    bareLists = true;
    return this;
  }

  /**
   * Writes private keys as {@code PRIVATE KEY} (PKCS#8) instead of {@code EC PRIVATE KEY} (SEC 1);
   * rule R4 allows both.
   *
   * @return this builder
   */
  public FakeNHubBuilder pkcs8Keys() {
    privateKeyForm = PrivateKeyForm.PKCS8;
    return this;
  }

  /**
   * The clock that dates certificates and journals, and by which certificates and sessions expire.
   *
   * @param source such as a {@link VirtualClock}; the system's clock if not set
   * @return this builder
   */
  public FakeNHubBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * Leaves out the scope check (rule M12), and lets clients publish (rule M15), so that general
   * MQTT tools can be pointed at the fake.
   *
   * @return this builder
   */
  public FakeNHubBuilder permissive() {
    permissive = true;
    return this;
  }

  /**
   * Turns a bad client certificate away inside the TLS handshake, so that the client sees an alert
   * and no CONNACK. Otherwise it is refused at CONNECT (rule M5).
   *
   * @return this builder
   */
  public FakeNHubBuilder rejectCertificatesInHandshake() {
    rejectCertificatesInHandshake = true;
    return this;
  }

  /**
   * Whether {@link FakeNHub#close()} and {@link FakeNHub#reset()} fail if a client is still
   * connected or has left messages un-acknowledged.
   *
   * @param check true if not set
   * @return this builder
   */
  public FakeNHubBuilder leakCheck(boolean check) {
    leakCheck = check;
    return this;
  }

  /**
   * Starts the fake.
   *
   * @return the running fake, to be closed
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
            leakCheck);
    try {
      return new FakeNHub(options, FakeParts.start(options));
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
