package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.transport.packet.PacketReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of messages that are larger than anything a device should send. */
class LargeMessagesTest {
  private static final String TOPIC = "v4/groups/nnn.acme.master/dev/uplinks";

  private final RawBroker broker = new RawBroker();
  private final List<FailedMessage> failed = new CopyOnWriteArrayList<>();
  private final BlockingQueue<SubscriptionEvent.Disconnected> breaks = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    broker.close();
  }

  private NHubClient client(Engine engine) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubClient.builder(NHubEnvironment.at(noApi, "localhost", broker.port()))
        .credentials(RawBroker.credentials())
        .engine(engine == Engine.PAHO ? MqttEngine.PAHO : MqttEngine.DIRECT)
        .build();
  }

  private Subscription subscribe(NHubClient nhub, Engine engine) {
    return nhub.subscribe(
        SubscribeOptions.builder("nnn.acme")
            .protocol(engine.version)
            .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(50)))
            .failurePolicy(FailurePolicy.ofDefaults().thenHandOver(failed::add))
            .listener(
                event -> {
                  if (event instanceof SubscriptionEvent.Disconnected broken) {
                    breaks.add(broken);
                  }
                })
            .build(),
        (message, delivery) -> {});
  }

  private Peer welcome(Engine engine) {
    Peer peer = broker.accept();
    peer.welcome(engine.version);
    return peer;
  }

  private static byte[] publish(Engine engine, int packetId, byte[] payload) {
    return Wire.publish(engine.version, TOPIC, packetId, payload);
  }

  @ParameterizedTest
  @EnumSource
  void payloadThatIsReadAndNotDecoded_isOneFailedMessage_andCostsNoConnection(Engine engine)
      throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub, engine);
      Peer peer = welcome(engine);
      subscription.awaitConnected(SOON);
      byte[] beyond = new byte[MessageDecoder.MAX_MESSAGE_BYTES + 1];
      peer.send(publish(engine, 1, beyond));
      peer.send(publish(engine, 2, "{\"device_id\":\"dev\",\"timestamp_ms\":2}".getBytes(UTF_8)));
      assertEquals(1, peer.expect(Wire.PUBACK).packetId());
      assertEquals(2, peer.expect(Wire.PUBACK).packetId());
      assertInstanceOf(MalformedMessageException.class, failed.get(0).cause());
      assertEquals(beyond.length, failed.get(0).delivery().payload().length);
      assertEquals(1, subscription.stats().undecodable());
      assertEquals(1, subscription.stats().handled());
      assertEquals(0, subscription.stats().reconnects());
    }
  }

  @ParameterizedTest
  @EnumSource
  void packetThatIsNotRead_isToldWithEachConnection_andByTheHealth(Engine engine) throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub, engine);
      for (int connection = 1; connection <= 3; connection++) {
        Peer peer = welcome(engine);
        peer.sendAndHangUp(publish(engine, 1, new byte[PacketReader.MAXIMUM_PACKET_SIZE]), 1 << 16);
        SubscriptionEvent.Disconnected broken = breaks.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertEquals(StreamErrorCode.PACKET_TOO_LARGE, requireNonNull(broken).cause().code());
        Eventually.isTrue(
            () -> subscription.health().toString(),
            () ->
                subscription.health().reason() == SubscriptionHealth.Reason.RECEIVING
                    || subscription.health().detail().contains("NHUB-CON-006"));
      }
      subscription.close(Duration.ZERO);
    }
  }
}
