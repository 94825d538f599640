package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.recording.FlightRecording;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the event listener is told of retries and outages; must not block. */
final class RetryReports {
  private static final Logger log = LoggerFactory.getLogger(RetryReports.class);

  private final int outageDevices;
  private final DeliveryListener listener;
  private final InstantSource clock;

  /**
   * Reports to a listener.
   *
   * @param outageDevices how many devices that fail in a row make an outage
   */
  RetryReports(int outageDevices, DeliveryListener listener, InstantSource clock) {
    this.outageDevices = outageDevices;
    this.listener = listener;
    this.clock = clock;
  }

  void retry(HandlerCall call, Throwable cause, Duration delay) {
    FlightRecording.retry(call.received().deviceId(), call.attempts(), delay, cause);
    listener.onEvent(
        new SubscriptionEvent.HandlerRetry(now(), call.received(), cause, call.attempts(), delay));
  }

  void outageBegan(HandlerOutage outage) {
    listener.onEvent(
        new SubscriptionEvent.HandlerOutageBegan(outage.since(), outage.cause(), outageDevices));
  }

  void outageEnded(HandlerOutage over) {
    listener.onEvent(new SubscriptionEvent.HandlerOutageEnded(now(), over.since()));
  }

  void predicateFailed(Throwable failure) {
    log.warn("The predicate of the failure policy failed; the message is retried", failure);
  }

  private Instant now() {
    return clock.instant();
  }
}
