package io.nnnco.nhub.examples.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Uplinks of many devices, each numbered from 0 on, one burst after another. */
public final class Load {
  private final Mosquitto broker;
  private final int devices;
  private final long pauseNanos;
  private volatile boolean enough;
  private volatile long published;
  private @Nullable CompletableFuture<Void> running;

  /**
   * Publishes nothing yet.
   *
   * @param devices how many devices there are; a burst is one message of each
   * @param pauseNanos the time between two bursts
   */
  public Load(Mosquitto broker, int devices, long pauseNanos) {
    this.broker = broker;
    this.devices = devices;
    this.pauseNanos = pauseNanos;
  }

  /** Publishes on a thread of its own until {@link #stop()}; the first call counts. */
  public synchronized void start() {
    if (running == null) {
      running = CompletableFuture.runAsync(this::publish);
    }
  }

  private void publish() {
    try {
      for (long n = 0; !enough; n++) {
        burst(n);
        LockSupport.parkNanos(pauseNanos);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One message of each device. */
  private void burst(long n) throws IOException {
    String[] topics = new String[devices];
    String[] payloads = new String[devices];
    for (int i = 0; i < devices; i++) {
      topics[i] = "v4/groups/nnn.acme.master/" + device(i) + "/uplinks";
      payloads[i] =
          "{\"device_id\":\"%s\",\"timestamp_ms\":%d,\"readings\":[{\"channel_id\":\"n\",\"value\":%d}]}"
              .formatted(device(i), 1_700_000_000_000L + n, n);
    }
    broker.publisher().publish(topics, payloads);
    published = n + 1;
  }

  static String device(int number) {
    return "device-" + number;
  }

  /** Ends it; what was published is at the broker. */
  public synchronized void stop() {
    enough = true;
    if (running != null) {
      running.join();
    }
  }

  /** How many messages the broker has acknowledged. */
  public long published() {
    return published * devices;
  }

  /**
   * Whether each message was handled, as far as the log was read.
   *
   * @throws AssertionError if one was lost or overtaken, whatever may come still
   */
  public boolean isHandled(LoadLog log) {
    if (!log.violations().isEmpty()) {
      throw new AssertionError("Not in order: " + log.violations());
    }
    for (int i = 0; i < devices; i++) {
      if (log.next(device(i)) != published) {
        return false;
      }
    }
    return true;
  }
}
