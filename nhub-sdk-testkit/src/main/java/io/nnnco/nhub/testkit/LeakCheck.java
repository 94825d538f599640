package io.nnnco.nhub.testkit;

import io.nnnco.nhub.testkit.internal.bridge.SessionSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks for clients that a test has left connected, once those that are disconnecting have
 * disconnected.
 */
final class LeakCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** On a busy machine each check takes longer, and so do the disconnects. */
  private static final int LOOKS_AT_LEAST = 1_000;

  private static final long LOOK_EVERY_NANOS = 2_000_000;

  private LeakCheck() {}

  /** Throws an AssertionError that names what was left, if there is anything. */
  static void verify(Supplier<List<SessionSnapshot>> sessions) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> leaks = leaksNow(sessions.get());
    for (int looks = 1;
        !leaks.isEmpty() && (looks < LOOKS_AT_LEAST || System.nanoTime() < deadline);
        looks++) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      leaks = leaksNow(sessions.get());
    }
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          "The test has left something behind:\n  " + String.join("\n  ", leaks));
    }
  }

  private static List<String> leaksNow(List<SessionSnapshot> sessions) {
    List<String> leaks = new ArrayList<>();
    for (SessionSnapshot session : sessions) {
      if (session.deaf()) {
        continue; // by a fault; it is not known what this client has done
      }
      if (session.connected()) {
        leaks.add(
            "client "
                + session.clientId()
                + " is still connected, subscribed to "
                + session.filters());
      }
      if (!session.unacknowledged().isEmpty()) {
        leaks.add(
            "client "
                + session.clientId()
                + " has not acknowledged "
                + session.unacknowledged().size()
                + " message(s), the first on "
                + session.unacknowledged().get(0));
      }
    }
    return leaks;
  }
}
