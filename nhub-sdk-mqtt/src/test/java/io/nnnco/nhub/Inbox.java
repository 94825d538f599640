package io.nnnco.nhub;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.StreamListener;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler and a listener whose messages and events a test takes one by one. */
final class Inbox implements MessageHandler, StreamListener {
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final BlockingQueue<DeviceMessage> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<StreamEvent> events = new LinkedBlockingQueue<>();

  @Override
  public void handle(DeviceMessage message, Delivery delivery) {
    messages.add(message);
  }

  @Override
  public void onEvent(StreamEvent event) {
    events.add(event);
  }

  DeviceMessage takeMessage() throws InterruptedException {
    DeviceMessage message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("No message within " + PATIENCE + "; events: " + events);
    }
    return message;
  }

  /** The next event of a type; those before it are dropped. */
  <T extends StreamEvent> T takeEvent(Class<T> type) throws InterruptedException {
    while (true) {
      StreamEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("No " + type.getSimpleName() + " within " + PATIENCE);
      }
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }
}
