package io.nnnco.nhub.stream.internal.gap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.stream.internal.VirtualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GapWatchTest {
  private final VirtualTime time = new VirtualTime();

  @Test
  void ledger_thatFailsOnce_isLookedAtAgain() {
    AtomicInteger looks = new AtomicInteger();
    DeviceLedger ledger =
        new DeviceLedger(
            GapOptions.ofDefaults(),
            () -> {
              if (looks.incrementAndGet() == 2) {
                throw new IllegalStateException("a defect");
              }
              return time.instant();
            },
            event -> {});
    new GapWatch(ledger, Duration.ofSeconds(60), () -> true).begin(time);
    for (int i = 0; i < 10; i++) {
      time.advance(GapWatch.PERIOD);
    }
    assertEquals(10, looks.get());
  }
}
