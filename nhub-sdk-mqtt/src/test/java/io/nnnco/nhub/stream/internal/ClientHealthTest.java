package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClientHealthTest {
  private static final List<Reason> BEST_FIRST =
      Arrays.stream(Reason.values()).sorted(Comparator.comparing(ClientHealth::badness)).toList();

  @Test
  void badness_ofAllReasons_differs() {
    assertEquals(
        Reason.values().length, BEST_FIRST.stream().map(ClientHealth::badness).distinct().count());
  }

  /** So that the worst is live only if all are, and ready only if all that stay are. */
  @Test
  void badness_ofWhatIsWorse_isNeitherLiveNorReadyWhereTheBetterIsNot() {
    List<SubscriptionHealth> staying =
        BEST_FIRST.stream()
            .filter(reason -> reason != Reason.CLOSING && reason != Reason.CLOSED)
            .map(reason -> SubscriptionHealth.of(reason, ""))
            .toList();
    for (int i = 1; i < staying.size(); i++) {
      SubscriptionHealth better = staying.get(i - 1);
      SubscriptionHealth worse = staying.get(i);
      assertTrue(better.live() || !worse.live(), () -> better + " before " + worse);
      assertTrue(better.ready() || !worse.ready(), () -> better + " before " + worse);
    }
  }
}
