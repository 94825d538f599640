package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.ClientDelivery;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that does not read costs a bounded number of messages. */
class QueueLimitTest {
  private static final int LIMIT = 100;

  private final BridgeFixture fixture =
      new BridgeFixture(
          options -> options.withPolicy(BridgePolicy.STRICT.withMaximumQueued(LIMIT)));

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void subscriber_qos1ThatDoesNotRead_losesWhatIsBeyondTheLimitAndTheDropsAreCounted()
      throws IOException, InterruptedException {
    fixture.subscriber("deaf");
    String payload = "x".repeat(100_000);
    List<PublishReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      receipts.add(fixture.publish(payload));
    }

    SessionSnapshot session = fixture.bridge.sessions().get(0);
    assertEquals(LIMIT, session.queued());
    long dropped =
        receipts.stream()
            .flatMap(receipt -> receipt.deliveries().stream())
            .filter(delivery -> delivery.state() == ClientDelivery.State.DROPPED)
            .count();
    assertTrue(dropped > 0);
    assertEquals(dropped, session.dropped());
    assertEquals(dropped, fixture.drops.size());
    assertEquals("deaf", BridgeFixture.take(fixture.drops).clientId());
  }

  @Test
  void session_withoutAConnection_keepsAsManyAsTheLimit() throws IOException {
    Connect durable = Connect.as("away").resuming().sessionExpiry(60);
    TestClient client = fixture.subscriber(5, durable);
    client.disconnect();
    client.readEnd();
    for (int i = 0; i < LIMIT + 5; i++) {
      fixture.publish(String.valueOf(i));
    }

    TestClient again = fixture.open(5).accepted(durable);

    assertEquals(5, fixture.bridge.sessions().get(0).dropped());
    assertEquals(String.valueOf(LIMIT - 1), again.receive(LIMIT).get(LIMIT - 1));
  }
}
