package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.DropRecord;
import io.nnnco.nhub.testkit.PublishReceipt;
import io.nnnco.nhub.testkit.SubscribeRecord;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Admitted;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Refusal;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** A bridge of the enterprise nnn.acme with journals, and clients for it. */
final class BridgeFixture implements AutoCloseable {
  static final String PREFIX = "v4/groups/nnn.acme.master/";
  static final String UPLINKS = PREFIX + "+/uplinks";
  static final TestPki PKI = new TestPki();
  private static final SSLContext BY_CERTIFICATE = PKI.clientContext(PKI.client);
  private static final SSLContext BY_PASSWORD = PKI.clientContext(null);

  final VirtualTime clock = new VirtualTime();
  final VirtualTime keepAliveClock = new VirtualTime();
  final BlockingQueue<ConnectRecord> connects = new LinkedBlockingQueue<>();
  final BlockingQueue<SubscribeRecord> subscribes = new LinkedBlockingQueue<>();
  final BlockingQueue<AckRecord> acks = new LinkedBlockingQueue<>();
  final BlockingQueue<DisconnectRecord> disconnects = new LinkedBlockingQueue<>();
  final BlockingQueue<DropRecord> drops = new LinkedBlockingQueue<>();
  final BlockingQueue<String> handshakeFailures = new LinkedBlockingQueue<>();
  final Bridge bridge;
  private final List<TestClient> clients = new ArrayList<>();

  BridgeFixture() {
    this(options -> options);
  }

  BridgeFixture(UnaryOperator<BridgeOptions> options) {
    try {
      bridge =
          Bridge.start(
              options.apply(
                  BridgeOptions.of(PKI::server, BridgeFixture::admit)
                      .withListener(new Journals())
                      .withClock(clock)
                      .withKeepAliveClock(keepAliveClock)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Time that moves when it is told to. */
  static final class VirtualTime implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-23T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void advance(Duration time) {
      now = now.plus(time);
    }
  }

  private static ConnectDecision admit(ConnectAttempt attempt) {
    if (!attempt.certificates().isEmpty()) {
      return attempt.certificates().get(0).equals(PKI.client.certificate())
          ? new Admitted("svc-acme", "nnn.acme")
          : new Refused(
              Refusal.NOT_AUTHORIZED,
              "the certificate is not of this platform",
              TlsAlert.UNKNOWN_CA);
    }
    if ("svc-acme".equals(attempt.username()) && "right".equals(attempt.password())) {
      return new Admitted("svc-acme", "nnn.acme");
    }
    if ("svc-other".equals(attempt.username())) {
      return new Admitted("svc-other", "nnn.other");
    }
    return new Refused(Refusal.BAD_CREDENTIALS, "the user name or password is wrong");
  }

  /** A connection by certificate, without a CONNECT. */
  TestClient open(int level) throws IOException {
    return kept(TestClient.open(bridge.port(), BY_CERTIFICATE, level));
  }

  /** A connection without a certificate, without a CONNECT. */
  TestClient anonymous(int level) throws IOException {
    return kept(TestClient.open(bridge.port(), BY_PASSWORD, level));
  }

  TestClient kept(TestClient client) {
    clients.add(client);
    return client;
  }

  /** A client of MQTT 5 that has connected and subscribed to all uplinks with QoS 1. */
  TestClient subscriber(String clientId) throws IOException {
    return subscriber(5, Connect.as(clientId));
  }

  TestClient subscriber(int level, Connect connect) throws IOException {
    TestClient client = open(level).accepted(connect);
    client.subscribe(UPLINKS, 1);
    return client;
  }

  PublishReceipt publish(String text) {
    return publish("d1/uplinks", text, 1);
  }

  PublishReceipt publish(String topic, String text, int qos) {
    return bridge.publish(PREFIX + topic, text.getBytes(StandardCharsets.UTF_8), qos);
  }

  static <T> T take(BlockingQueue<T> journal) throws InterruptedException {
    T record = journal.poll(60, TimeUnit.SECONDS);
    if (record == null) {
      throw new AssertionError("nothing in the journal");
    }
    return record;
  }

  private final class Journals implements BridgeListener {
    @Override
    public void handshakeFailed(Instant at, String reason) {
      handshakeFailures.add(reason);
    }

    @Override
    public void connected(ConnectRecord connect) {
      connects.add(connect);
    }

    @Override
    public void subscribed(SubscribeRecord subscribe) {
      subscribes.add(subscribe);
    }

    @Override
    public void acknowledged(AckRecord ack) {
      acks.add(ack);
    }

    @Override
    public void dropped(DropRecord drop) {
      drops.add(drop);
    }

    @Override
    public void disconnected(DisconnectRecord disconnect) {
      disconnects.add(disconnect);
    }
  }

  @Override
  public void close() throws IOException {
    bridge.close();
    for (TestClient client : clients) {
      client.close();
    }
  }
}
