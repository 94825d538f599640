package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Messages of some devices, numbered from 1 on, one after another until it is stopped. */
final class Traffic implements AutoCloseable {
  private static final int DEVICES = 5;
  private static final long PAUSE_NANOS = 500_000;

  private final BiConsumer<String, String> publisher;
  private final Thread thread = new Thread(this::publish, "test-traffic");
  private volatile boolean enough;
  private volatile int published;

  /** Begins at once. */
  Traffic(BiConsumer<String, String> publisher) {
    this.publisher = publisher;
    thread.start();
  }

  private void publish() {
    for (int i = 0; !enough; i++, published = i) {
      String device = "device-" + i % DEVICES;
      publisher.accept(
          "v4/groups/nnn.acme.master/" + device + "/uplinks",
          "{\"device_id\":\"%s\",\"timestamp_ms\":%d}".formatted(device, i / DEVICES + 1));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Stops, and holds the log to all that was published. */
  void assertAllHandledInOrder(DeviceLog log) {
    close();
    Eventually.isTrue(
        () -> log.handled() + " of " + published + " handled", () -> log.handled() == published);
    assertTrue(published > DEVICES, "there was traffic");
    assertEquals(List.of(), List.copyOf(log.outOfOrder()));
    assertEquals(List.of(), List.copyOf(log.violations()));
  }

  @Override
  public void close() {
    enough = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
