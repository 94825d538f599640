package io.nnnco.nhub.testkit.internal.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.testkit.DeviceModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeviceTest {
  @Test
  void id_ofEachOf100000Devices_isItsOwn() {
    int count = 100_000;
    FleetOptions options =
        new FleetOptions(
            "nnn.acme",
            Collections.nCopies(count, DeviceModel.SOIL),
            Duration.ofMinutes(1),
            0.1,
            false,
            List.of(),
            Map.of(),
            1);
    Set<String> ids = new HashSet<>();
    for (int number = 0; number < count; number++) {
      ids.add(new Device(options, number, Instant.EPOCH).id());
    }

    assertEquals(count, ids.size());
  }
}
