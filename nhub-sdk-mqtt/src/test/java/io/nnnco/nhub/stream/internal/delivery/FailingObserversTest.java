package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.log.RecordingLogger;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Metrics that throw whatever they are told harm neither messages nor other metrics. */
class FailingObserversTest extends PipelineFixture {
  private final RecordingLogger logger = new RecordingLogger();
  private final Error first = new AssertionError("first");
  private final RecordingMetrics others = new RecordingMetrics();
  private int failures;

  private final class Failing implements SubscriptionMetrics {
    private void fail() {
      if (failures++ == 0) {
        throw first;
      }
      throw new IllegalStateException("another");
    }

    @Override
    public void received(Delivery delivery, int bytes) {
      fail();
    }

    @Override
    public void decoded(DeviceMessage message, long lagMillis) {
      fail();
    }

    @Override
    public void called(Delivery delivery, long waited) {
      fail();
    }

    @Override
    public void completed(HandlerOutcome outcome, int messages, long took) {
      fail();
    }

    @Override
    public void acknowledged(long took) {
      fail();
    }

    @Override
    public void onEvent(SubscriptionEvent event) {
      fail();
    }
  }

  @Test
  void metricsThatThrow_harmNothing_andAreLoggedOnce() {
    observers = new Observers(List.of(), logger);
    observers.add(new Failing());
    observers.add(others);
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    observers.event(new SubscriptionEvent.Silent(VirtualTime.START, VirtualTime.START, "hint"));

    assertEquals(List.of("a1", "b2"), handled);
    assertEquals(List.of(1, 2), transport.acknowledged());
    assertEquals(11, failures, "five for each message, and the event");
    assertEquals(11, others.told().size());
    assertEquals(1, logger.lines().size());
    assertEquals(Level.ERROR, logger.lines().get(0).level());
    assertSame(first, logger.lines().get(0).thrown());
  }
}
