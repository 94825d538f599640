package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units that are missing, spelt in another way, or others, with the value to match. */
final class OddUnits {
  /** Another unit: its value is the usual one times the factor, plus the offset. */
  private record Unit(String name, double factor, double offset) {
    static Unit spelt(String name) {
      return new Unit(name, 1, 0);
    }
  }

  private static final Map<String, List<Unit>> OTHERS =
      Map.of(
          "\u00b0C",
          List.of(Unit.spelt("C"), Unit.spelt("degC"), new Unit("\u00b0F", 1.8, 32)),
          "%",
          List.of(Unit.spelt("percent"), Unit.spelt("pct")),
          "V",
          List.of(Unit.spelt("volt"), new Unit("mV", 1_000, 0)),
          "m\u00b3",
          List.of(Unit.spelt("m3"), new Unit("L", 1_000, 0)),
          "L/h",
          List.of(Unit.spelt("l/h"), new Unit("m\u00b3/h", 0.001, 0)),
          "km/h",
          List.of(Unit.spelt("kph"), new Unit("m/s", 1 / 3.6, 0)),
          "\u00b0",
          List.of(Unit.spelt("deg")));

  private OddUnits() {}

  /** An uplink with one. */
  static FakeMessage in(FakeMessage uplink, Dice dice) {
    return Readings.edited(uplink, dice, reading -> change(reading, dice));
  }

  private static void change(Map<String, @Nullable Object> reading, Dice dice) {
    Object usual = reading.remove("unit");
    List<Unit> others = OTHERS.getOrDefault(String.valueOf(usual), List.of(Unit.spelt("1")));
    int chosen = dice.below(others.size() + 1, 0);
    if (chosen < others.size()) {
      Unit unit = others.get(chosen);
      if (reading.get("value") instanceof Number value
          && (unit.factor() != 1 || unit.offset() != 0)) {
        double converted = value.doubleValue() * unit.factor() + unit.offset();
        if (Double.isFinite(converted)) {
          reading.put("value", Sensor.rounded(converted, 3));
        }
      }
      reading.put("unit", unit.name());
    } else if (usual == null) {
      reading.put("unit", ""); // one without a unit cannot miss it
    }
  }
}
