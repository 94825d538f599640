package io.nnnco.nhub.stream.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.BadCredentialsException;
import io.nnnco.nhub.stream.NotAuthorizedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both engines and versions against Eclipse Mosquitto. */
class MosquittoTest extends TransportFixture {
  @TempDir static @Nullable Path directory;
  private static @Nullable Mosquitto broker;

  private Engine speaker = Engine.PAHO;

  MosquittoTest() {
    super(Engine.PAHO);
  }

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    if (directory != null) {
      broker = new Mosquitto(directory);
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (broker != null) {
      broker.stop();
    }
  }

  private static Mosquitto broker() {
    if (broker == null) {
      throw new IllegalStateException("not started");
    }
    return broker;
  }

  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return speaker.create(request, hears, pings);
  }

  private Request request(Engine who, int port, Credentials credentials) {
    speaker = who;
    Request request = to("localhost", port, credentials);
    request.protocol = who.version;
    return request;
  }

  private Request request(Engine who) {
    return request(who, broker().certificatePort, broker().certificate());
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
  }

  @ParameterizedTest
  @EnumSource
  void clientCertificate_bringsMessagesInOrder_withinTheWindow(Engine who) throws Exception {
    Transport transport = create(request(who).receiveMaximum(20).build(), listener, timer);
    speaker = who;
    listener.onMessage(message -> transport.acknowledge(message.packetId()));
    transport.open();
    listener.awaitSubscribed();
    broker().publish(TOPIC, numbers(2_000));
    assertEquals(
        numbers(2_000),
        listener.takeMessages(2_000).stream()
            .map(message -> new String(message.payload(), UTF_8))
            .toList());
    transport.disconnect(true);
    listener.awaitClosed();
  }

  @ParameterizedTest
  @EnumSource
  void session_isKept_sendsAgainWithDup_andIsEnded(Engine who) throws Exception {
    Transport first = open(request(who).build());
    listener.awaitSubscribed();
    broker().publish(TOPIC, numbers(2));
    first.acknowledge(listener.takeMessages(2).get(0).packetId());
    first.disconnect(false);
    listener.awaitClosed();
    broker().publish(TOPIC, List.of("while away"));

    RecordingListener again = new RecordingListener();
    Transport second = open(request(who).resuming().build(), again);
    assertTrue(again.awaitConnected(), "session present");
    InboundMessage redelivered = again.takeMessage();
    assertEquals("message 1", new String(redelivered.payload(), UTF_8));
    assertTrue(redelivered.duplicate());
    assertEquals("while away", new String(again.takeMessage().payload(), UTF_8));
    second.disconnect(true);
    again.awaitClosed();

    RecordingListener last = new RecordingListener();
    open(request(who).resuming().build(), last).disconnect(true);
    RecordingListener fresh = new RecordingListener();
    Transport third = open(request(who).resuming().build(), fresh);
    assertFalse(fresh.awaitConnected(), "session present");
    fresh.awaitSubscribed();
    third.disconnect(true);
    fresh.awaitClosed();
  }

  @ParameterizedTest
  @EnumSource
  void password_opensAndWrongOneIsTyped(Engine who) {
    Transport transport =
        open(request(who, broker().passwordPort, broker().password(true)).build());
    listener.awaitSubscribed();
    transport.disconnect(true);
    listener.awaitClosed();

    RecordingListener refused = new RecordingListener();
    open(request(who, broker().passwordPort, broker().password(false)).build(), refused);
    NHubException failure = refused.awaitFailure(NHubException.class);
    assertTrue(
        Set.of(BadCredentialsException.class, NotAuthorizedException.class)
            .contains(failure.getClass()),
        failure::toString);
  }

  @ParameterizedTest
  @EnumSource
  void pings_keepTheConnection(Engine who) throws Exception {
    open(request(who).keepAlive(1).build());
    listener.awaitSubscribed();
    long end = System.nanoTime() + 3_000_000_000L;
    eventually(() -> System.nanoTime() > end, () -> "time stands still");
    assertFalse(listener.isClosed());
    broker().publish(TOPIC, List.of("still here"));
    assertEquals("still here", new String(listener.takeMessage().payload(), UTF_8));
  }
}
