package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.ClientDelivery;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is lost or mixed up under load, and a slow client costs the others nothing. */
@Timeout(1_200)
class LoadTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private final BridgeFixture fixture = new BridgeFixture();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() throws IOException {
    fixture.close();
    threads.shutdownNow();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  @Test
  void hundredThousandUplinks_toOneSubscriber_allArriveInOrderAndAreAcknowledged()
      throws Exception {
    TestClient client = fixture.subscriber(5, Connect.as("a").receiveMaximum(1_000));
    Future<List<String>> received = threads.submit(() -> client.receive(100_000));

    PublishReceipt last = null;
    for (String number : numbers(100_000)) {
      last = fixture.publish(number);
    }

    assertEquals(numbers(100_000), received.get());
    if (last != null) {
      last.awaitDelivered(PATIENCE);
    }
    assertEquals(100_000, fixture.acks.size());
    assertEquals(List.of(), fixture.bridge.sessions().get(0).unacknowledged());
  }

  @Test
  void thousandUplinks_toAHundredSubscribers_allArriveInOrder() throws Exception {
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(fixture.subscriber("c" + i));
    }
    List<Future<List<String>>> received =
        clients.stream().map(client -> threads.submit(() -> client.receive(1_000))).toList();

    List<PublishReceipt> receipts = numbers(1_000).stream().map(fixture::publish).toList();

    for (Future<List<String>> each : received) {
      assertEquals(numbers(1_000), each.get());
    }
    for (PublishReceipt receipt : receipts) {
      receipt.awaitDelivered(PATIENCE);
      assertEquals(100, receipt.deliveries().size());
    }
  }

  @Test
  void slowSubscriber_qos0_isDroppedBeyondTheBoundAndCountedWhileOthersGetEverything()
      throws Exception {
    TestClient slow = fixture.open(5).accepted(Connect.as("slow"));
    slow.subscribe(BridgeFixture.UPLINKS, 0);
    TestClient quick = fixture.subscriber("quick");
    String payload = "x".repeat(10_000);
    int count = 3_000;
    Future<List<String>> received = threads.submit(() -> quick.receive(count));

    List<PublishReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      receipts.add(fixture.publish(payload));
    }

    assertEquals(count, received.get().size());
    SessionSnapshot session = fixture.bridge.sessions().get(0);
    assertEquals("slow", session.clientId());
    assertTrue(session.dropped() > 0, session::toString);
    assertTrue(session.queued() <= 1_000, session::toString);
    long dropped =
        receipts.stream()
            .flatMap(receipt -> receipt.deliveries().stream())
            .filter(delivery -> delivery.state() == ClientDelivery.State.DROPPED)
            .count();
    assertEquals(session.dropped(), dropped);
  }
}
