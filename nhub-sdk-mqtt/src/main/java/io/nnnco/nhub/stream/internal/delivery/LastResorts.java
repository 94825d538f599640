package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailureHandler;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.InstantSource;

/** Does with a message that failed for good what the failure policy says. */
final class LastResorts {
  private final FailurePolicy policy;
  private final Counters counters;
  private final DeliveryListener listener;
  private final InstantSource clock;

  LastResorts(
      FailurePolicy policy, Counters counters, DeliveryListener listener, InstantSource clock) {
    this.policy = policy;
    this.counters = counters;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Deals with it; on a worker thread, as it may run user code.
   *
   * @return whether the message may be acknowledged
   */
  boolean deal(FailedMessage failure) {
    LastResort resort = policy.lastResort();
    boolean settled;
    if (resort instanceof LastResort.HandOver handOver) {
      settled = handOver(failure, handOver.handler());
    } else if (resort instanceof LastResort.Stop) {
      settled = stop(failure, failure.cause(), "A handler failed");
    } else {
      counters.skipped.increment();
      settled = true; // The event has it logged, before it is acknowledged.
    }
    listener.onEvent(new SubscriptionEvent.MessageFailed(clock.instant(), failure, resort));
    return settled;
  }

  private boolean handOver(FailedMessage failure, FailureHandler handler) {
    try {
      handler.handle(failure);
      counters.handedOver.increment();
      return true;
    } catch (Throwable t) { // Nobody has the message: whatever it was, the stream must stop.
      return stop(failure, t, "The failure handler failed");
    }
  }

  private boolean stop(FailedMessage failure, Throwable cause, String what) {
    listener.onStop(
        new HandlerException(
            StreamErrorCode.HANDLER_FAILED,
            ConnectionPhase.STREAM,
            what
                + " for a message of device "
                + ForeignText.shown(failure.delivery().deviceId())
                + ".",
            cause));
    return false;
  }
}
