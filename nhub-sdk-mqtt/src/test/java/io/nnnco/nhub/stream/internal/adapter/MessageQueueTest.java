package io.nnnco.nhub.stream.internal.adapter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.TestDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A message is there to be taken when somebody listens for its acknowledgement, and not before. */
class MessageQueueTest {
  private static final DeviceMessage UPLINK =
      new Uplink("a", Instant.EPOCH, null, null, null, List.of(), null, null, null, Map.of());

  @Test
  void await_beforeTheHandlersStageIsHeard_hasNothing() throws InterruptedException {
    MessageQueue queue = new MessageQueue();
    CompletionStage<?> handled = queue.handle(UPLINK, TestDelivery.of("a", "uplinks"));
    assertFalse(queue.await(0));

    AtomicBoolean settled = new AtomicBoolean();
    handled.thenRun(() -> settled.set(true));
    queue.begun();
    assertTrue(queue.await(0));
    queue.remove().acknowledge();
    assertTrue(settled.get(), "before the acknowledgement has returned");
  }
}
