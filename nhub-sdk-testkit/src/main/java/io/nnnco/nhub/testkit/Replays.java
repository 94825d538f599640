package io.nnnco.nhub.testkit;

import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.testkit.ClientDelivery.State;
import io.nnnco.nhub.testkit.internal.bridge.Bridge;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes recorded messages, no faster than those who read them: a recording of any length must
 * not end up in the queues of the bridge.
 */
final class Replays {
  private static final int WINDOW = 500;
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Bridge bridge;
  private final Deque<PublishReceipt> open = new ArrayDeque<>();

  Replays(Bridge bridge) {
    this.bridge = bridge;
  }

  /** Returns when few enough messages are with clients that are connected. */
  synchronized void publish(RecordedMessage message) throws InterruptedException {
    open.add(
        bridge.publish(
            new Message(
                message.topic(),
                message.payload(),
                message.qos(),
                message.userProperties().stream()
                    .map(each -> Message.Property.user(each.getKey(), each.getValue()))
                    .toList())));
    if (open.size() > WINDOW) {
      await(open.remove());
    }
  }

  /** A client that is away gets the message when it is back, however long that takes. */
  private void await(PublishReceipt receipt) throws InterruptedException {
    boolean settled = receipt.settled().isDone();
    while (!settled && receipt.deliveries().stream().anyMatch(this::isAwaited)) {
      settled = isSettledSoon(receipt);
    }
  }

  private boolean isAwaited(ClientDelivery delivery) {
    boolean unfinished =
        delivery.state() == State.QUEUED || (delivery.state() == State.SENT && delivery.qos() > 0);
    return unfinished && new FakeSession(bridge, delivery.clientId()).connected();
  }

  private static boolean isSettledSoon(PublishReceipt receipt) throws InterruptedException {
    try {
      receipt.settled().get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("It never completes exceptionally", e);
    }
  }
}
