package io.nnnco.nhub.stream.internal.gap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Phenomenon;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How good the ledger is against the simulator's truth. The long form: {@code -Dnhub.gaps.seeds=5
 * -Dnhub.gaps.devices=100}.
 */
class GapAccuracyTest {
  private static final int SEEDS = Integer.getInteger("nhub.gaps.seeds", 2);
  private static final int DEVICES = Integer.getInteger("nhub.gaps.devices", 30);

  private static FakeNHub fake;

  @BeforeAll
  static void start() {
    fake = FakeNHub.start();
  }

  @AfterAll
  static void stop() {
    fake.close();
  }

  private static DeviceSimulatorBuilder fleet(double jitter, int seed) {
    return fake.simulator()
        .devices(DEVICES)
        .every(Duration.ofMinutes(10))
        .jitter(jitter)
        .joins()
        .seed(seed);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.02, 0.99",
    "0.1, 0.02, 0.99",
    "0.2, 0.05, 0.99",
    "0.3, 0.05, 0.99",
    // Here devices with a weak signal lose half, and it takes longer to learn their cadence.
    "0.1, 0.10, 0.92",
    "0.3, 0.10, 0.92"
  })
  void losses_onTheAir_areFound(double jitter, double loss, double recall) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Score score =
          new FleetRun(
                  fleet(jitter, seed)
                      .with(Phenomenon.LOSS, loss)
                      .outage(Duration.ofDays(1), Duration.ofHours(3)),
                  Duration.ofDays(5))
              .score(Set.of());
      assertGood("jitter " + jitter + ", loss " + loss + ", seed " + seed, score, recall);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.2", "0.3"})
  void everything_atOnce_isFound(double jitter) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      FleetRun run = new FleetRun(fleet(jitter, seed).realistic(), Duration.ofDays(5));
      Score score = run.score(Set.of(DeviceModel.DOOR));
      assertGood("realistic, jitter " + jitter + ", seed " + seed, score, 0.99);
    }
  }

  private static void assertGood(String what, Score score, double recall) {
    System.out.println(what + ": " + score);
    assertTrue(score.missing() > 50, what + ": " + score);
    assertTrue(score.recall() >= recall, what + ": " + score);
    assertTrue(score.precision() >= 0.95, what + ": " + score);
    assertTrue(score.precisionOfAll() >= 0.92, what + ": " + score);
  }
}
