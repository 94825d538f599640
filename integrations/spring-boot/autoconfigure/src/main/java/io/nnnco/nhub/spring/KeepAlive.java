package io.nnnco.nhub.spring;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Keeps the JVM running, as the SDK's own threads are daemons. */
final class KeepAlive {
  private final boolean wanted;
  private @Nullable CountDownLatch ended;

  KeepAlive(boolean wanted) {
    this.wanted = wanted;
  }

  synchronized void begin() {
    if (!wanted || ended != null) {
      return;
    }
    CountDownLatch latch = new CountDownLatch(1);
    ended = latch;
    Thread thread =
        new Thread(
            () -> {
              try {
                latch.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "nhub-keep-alive");
    thread.setDaemon(false);
    thread.start();
  }

  synchronized void end() {
    if (ended != null) {
      ended.countDown();
      ended = null;
    }
  }
}
