package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger of a subscription. It listens where metrics do, so that a subscription without a
 * ledger has nothing of it on the way of a message. Thread-safe.
 */
public final class GapWatch implements SubscriptionMetrics {
  /** How often to look for silent devices. */
  static final Duration PERIOD = Duration.ofSeconds(5);

  private static final String UPLINKS = "/" + MessageKind.UPLINK.topicLevel();

  private static final Logger log = LoggerFactory.getLogger(GapWatch.class);

  private final DeviceLedger ledger;
  private final Duration deadAfter;
  private final BooleanSupplier reads;
  private boolean hasFailed;

  /**
   * A watch that keeps this ledger.
   *
   * @param keepAlive a dead connection is noticed within twice that
   * @param reads whether what the bridge has is read, and not left there
   */
  public GapWatch(DeviceLedger ledger, Duration keepAlive, BooleanSupplier reads) {
    this.ledger = ledger;
    this.deadAfter = keepAlive.multipliedBy(2);
    this.reads = reads;
  }

  /** Looks time and again, until the future is cancelled. */
  public ScheduledFuture<?> begin(ScheduledExecutorService control) {
    return control.scheduleWithFixedDelay(
        this::look, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void look() {
    try {
      if (!reads.getAsBoolean()) {
        ledger.notListening();
      }
      ledger.tick();
    } catch (Throwable t) { // Or the control thread would never look again.
      failed(t);
    }
  }

  private void failed(Throwable failure) {
    if (!hasFailed) {
      hasFailed = true;
      log.error(
          "A gap ledger failed, which harms no message; further failures of it are not logged",
          failure);
    }
  }

  @Override
  public void received(Delivery delivery, int bytes) {
    if (delivery.topic().endsWith(UPLINKS)) {
      ledger.heard(delivery.deviceId(), delivery.arrivedAt().toEpochMilli());
    }
  }

  /** After copies that the bridge sent again have been sorted out, and device by device. */
  @Override
  public void decoded(DeviceMessage message, long lagMillis) {
    long sent = message.timestamp().toEpochMilli();
    if (message instanceof Uplink) {
      ledger.uplink(message.deviceId(), sent, sent + lagMillis);
    } else if (message instanceof Join) {
      ledger.joined(message.deviceId(), sent + lagMillis);
    }
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Subscribed up) {
      ledger.connectionRestored(up.at(), up.sessionPresent());
    } else if (event instanceof SubscriptionEvent.Disconnected down) {
      ledger.connectionLost(down.at(), down.at().minus(deadAfter));
    } else if (event instanceof SubscriptionEvent.CredentialsReplaced replaced) {
      ledger.connectionRestored(replaced.at(), true);
    } else if (event instanceof SubscriptionEvent.SessionLost lost) {
      ledger.sessionLost(lost.from(), lost.to());
    } else if (event instanceof SubscriptionEvent.Closed) {
      ledger.tick();
    }
  }
}
