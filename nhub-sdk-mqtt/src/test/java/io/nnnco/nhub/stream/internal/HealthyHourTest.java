package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.log.LogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What an operator sees of a whole subscription that has no listener. */
class HealthyHourTest extends LogFixture {
  private static final String CLIENT_ID = "nhub-meter-import";

  private final VirtualBridge bridge = new VirtualBridge(time);
  private final List<String> transcript = new ArrayList<>();
  private int lastId;
  private int handled;

  private RealSubscription open(SubscribeOptions options) {
    RealSubscription opened =
        bridge.open(
            new SubscriptionSpec(
                options,
                IDENTITY,
                (message, delivery) -> {
                  handled++;
                  return CompletableFuture.completedFuture(null);
                },
                CLIENT_ID),
            logger);
    time.runDue();
    return opened;
  }

  private static SubscribeOptions durable() {
    return SubscribeOptions.builder("nnn.acme").durable("meter-import", Duration.ofDays(7)).build();
  }

  /** Lets a second pass, and notes what was logged at its end. */
  private void second() {
    int before = logger.lines().size();
    time.advance(Duration.ofSeconds(1));
    note(before);
  }

  private void note(int before) {
    logger.lines().stream()
        .skip(before)
        .map(line -> wrapped(now().toString().substring(11, 19) + " " + line))
        .forEach(transcript::add);
  }

  private void noting(Runnable what) {
    int before = logger.lines().size();
    what.run();
    time.runDue();
    note(before);
  }

  private void messagesFor(Duration period) {
    for (long second = 0; second < period.toSeconds(); second++) {
      for (int device = 0; device < 5; device++) {
        lastId = lastId % 60_000 + 1;
        bridge.uplink(lastId, "METER-" + device, now().toEpochMilli());
      }
      second();
    }
  }

  @Test
  void hour_withOneOutage_isOnThePage_inFewerThan20Lines() throws IOException {
    RealSubscription subscription = open(durable());
    noting(bridge::accept);
    messagesFor(Duration.ofMinutes(20));
    noting(() -> bridge.fail(lost()));
    NHubException refused =
        failure(StreamErrorCode.CONNECTION_REFUSED, "mqtt.dev-au-03.nnnco.io:8883 is closed.");
    for (int second = 0; second < 7 * 60; second++) {
      second();
      if (subscription.state() == SubscriptionState.CONNECTING) {
        noting(() -> bridge.fail(refused));
      }
    }
    while (subscription.state() != SubscriptionState.CONNECTING) {
      second();
    }
    noting(bridge::resume);
    messagesFor(Duration.ofMinutes(32));

    assertEquals(5 * 52 * 60, handled);
    assertTrue(transcript.size() < 20, transcript::toString);
    assertTrue(
        Files.readString(Path.of("../docs/logs.md"))
            .contains("```\n" + String.join("\n", transcript) + "\n```"),
        () -> String.join("\n", transcript));
  }

  @Test
  void certificateThatIsRevoked_endsTheSubscription_andIsSeenWithoutAListener() {
    open(durable());
    bridge.accept();
    time.runDue();
    bridge.fail(new CertificateRevokedException(ConnectionPhase.STREAM, "It is revoked.", null));
    time.runDue();

    assertEquals("ended", last().fields().get("nhub.event"));
    assertTrue(last().toString().startsWith("ERROR nnn.acme (meter-import): "), last()::toString);
    String advice = StreamErrorCode.CERTIFICATE_REVOKED.advice();
    assertTrue(last().text().endsWith(advice), last()::text);
    assertEquals(advice, last().fields().get("nhub.advice"));
    assertNull(last().thrown(), "a stack trace that says nothing more");
  }

  @Test
  void handlerThatEndsTheSubscription_isSeenWithItsStackTrace() {
    NHubException failed =
        new HandlerException(
            StreamErrorCode.HANDLER_FAILED,
            ConnectionPhase.STREAM,
            "A handler failed.",
            new IOException("no database"));
    tell(new SubscriptionEvent.Closed(now(), failed));
    assertSame(failed, last().thrown());
  }

  @Test
  void listenerThatNeverReturns_doesNotKeepLinesFromTheLog() {
    CountDownLatch never = new CountDownLatch(1);
    open(
        durable().toBuilder()
            .listener(
                event -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                })
            .build());
    bridge.accept();
    time.runDue();
    bridge.fail(lost());
    time.runDue();
    never.countDown();
    assertEquals(List.of("connected", "connection_lost"), ids());
  }

  @Test
  void end_isInTheLog_beforeAnybodyWhoWaitsForItWakes() {
    RealSubscription subscription = open(durable());
    List<Object> seen = new ArrayList<>();
    var unused = subscription.finished().whenComplete((end, error) -> seen.addAll(ids()));
    bridge.accept();
    time.runDue();
    bridge.fail(new CertificateRevokedException(ConnectionPhase.STREAM, "It is revoked.", null));
    time.runDue();
    assertEquals(List.of("connected", "ended"), seen);
  }
}
