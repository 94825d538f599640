package io.nnnco.nhub.spring;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Numbered uplinks of some devices to a fake until it is closed, and the bean that gets them. */
final class Traffic implements AutoCloseable {
  private static final int DEVICES = 5;
  private static final String CLIENT_ID = "nhub-traffic";

  private final FakeNHub fake;
  private final Receiver receiver;
  private final Thread thread = new Thread(this::publish, "test-traffic");
  private volatile boolean enough;
  private volatile int published;

  /** The listener; what it gets must be what was published, in order per device. */
  static final class Receiver {
    private final Map<String, Integer> next = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    @NHubListener(id = "traffic", enterprise = "nnn.acme", durable = "traffic")
    void on(Uplink uplink, @Channel("n") double number) {
      int expected = next.getOrDefault(uplink.deviceId(), 0);
      if (number > expected) {
        violations.add(uplink.deviceId() + ": " + number + " instead of " + expected);
      }
      next.put(uplink.deviceId(), Math.max(expected, (int) number + 1));
    }

    int handled() {
      return next.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Begins at once. */
  Traffic(FakeNHub fake, Receiver receiver) {
    this.fake = fake;
    this.receiver = receiver;
    thread.start();
  }

  private void publish() {
    for (int i = 0; !enough; i++, published = i) {
      fake.publish(FakeMessage.uplink("device-" + i % DEVICES).reading("n", i / DEVICES, null));
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Waits for some more messages, so that there is traffic before and after what a test does. */
  void awaitMore() {
    int before = receiver.handled();
    Eventually.isTrue("more handled", () -> receiver.handled() > before + DEVICES);
  }

  /** Stops, and holds the receiver to all that was published. */
  void assertAllHandledInOrder() {
    close();
    Eventually.isTrue("all handled", () -> receiver.handled() == published);
    Eventually.isTrue(
        "copies acknowledged, too", () -> fake.session(CLIENT_ID).unacknowledged().isEmpty());
    Assertions.assertEquals(0, receiver.violations.size(), receiver.violations::toString);
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
