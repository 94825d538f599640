package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The readings of an uplink. */
final class Readings {
  private Readings() {}

  private static List<?> of(FakeMessage uplink) {
    return uplink.fields().get("readings") instanceof List<?> readings ? readings : List.of();
  }

  /** The uplink with a change to one of its readings, which the dice choose. */
  static FakeMessage edited(
      FakeMessage uplink, Dice dice, Consumer<Map<String, @Nullable Object>> change) {
    List<@Nullable Object> readings = new ArrayList<>(of(uplink));
    if (readings.isEmpty()) {
      return uplink;
    }
    int chosen = dice.below(readings.size(), -1);
    Map<String, @Nullable Object> reading = new LinkedHashMap<>();
    if (readings.get(chosen) instanceof Map<?, ?> before) {
      before.forEach((name, value) -> reading.put(String.valueOf(name), value));
    }
    change.accept(reading);
    readings.set(chosen, reading);
    return uplink.field("readings", readings);
  }

  /** As a device would pack them: four bytes each, in thousandths. */
  static byte[] encoded(FakeMessage uplink) {
    List<?> readings = of(uplink);
    ByteBuffer bytes = ByteBuffer.allocate(4 * readings.size());
    for (Object reading : readings) {
      Object value = ((Map<?, ?>) reading).get("value");
      double number =
          value instanceof Number measured
              ? measured.doubleValue()
              : Boolean.TRUE.equals(value) ? 1 : 0;
      bytes.putInt((int) Math.round(1_000 * number));
    }
    return bytes.array();
  }
}
