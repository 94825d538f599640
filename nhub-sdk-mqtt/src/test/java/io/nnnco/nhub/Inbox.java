package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler and a listener whose messages and events a test takes one by one. */
final class Inbox implements MessageHandler, SubscriptionListener {
  private final BlockingQueue<DeviceMessage> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<SubscriptionEvent> events = new LinkedBlockingQueue<>();

  @Override
  public void handle(DeviceMessage message, Delivery delivery) {
    messages.add(message);
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    events.add(event);
  }

  DeviceMessage takeMessage() throws InterruptedException {
    DeviceMessage message = messages.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("No message within " + SOON + "; events: " + events);
    }
    return message;
  }

  /** The next event of a type; those before it are dropped. */
  <T extends SubscriptionEvent> T takeEvent(Class<T> type) throws InterruptedException {
    while (true) {
      SubscriptionEvent event = events.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("No " + type.getSimpleName() + " within " + SOON);
      }
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  /**
   * The first time-out in a phase. On a slow machine an attempt may not come so far within its
   * time, and says so; another follows.
   */
  ConnectionException takeTimeoutIn(ConnectionPhase phase) throws InterruptedException {
    while (true) {
      NHubException cause = takeEvent(SubscriptionEvent.Disconnected.class).cause();
      ConnectionException timeout =
          Coded.assertInstanceOf(ConnectionException.class, StreamErrorCode.CONNECT_TIMEOUT, cause);
      assertTrue(timeout.phase().compareTo(phase) <= 0, timeout::toString);
      if (timeout.phase() == phase) {
        return timeout;
      }
    }
  }

  /** Why the next attempt failed, whether or not another follows. */
  NHubException takeFailure() throws InterruptedException {
    while (true) {
      SubscriptionEvent event = takeEvent(SubscriptionEvent.class);
      if (event instanceof SubscriptionEvent.Disconnected down) {
        return down.cause();
      } else if (event instanceof SubscriptionEvent.Closed closed) {
        return Objects.requireNonNull(closed.cause());
      }
    }
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }
}
