package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.Phenomenon;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What is odd about the content of uplinks: all of it is within the platform's documentation. */
final class Alterations {
  private static final List<Object> ODD_VALUES =
      List.of("NaN", "Infinity", "-Infinity", "", "-", "n/a", new BigDecimal("1E+400"));
  private static final List<String> OPTIONAL =
      List.of(
          "location",
          "network_metadata",
          "readings",
          "raw_payload",
          "device_type",
          "source",
          "message_type");

  private final Conditions conditions;
  private final boolean any;

  Alterations(Conditions conditions) {
    this.conditions = conditions;
    this.any = Step.ALL.stream().anyMatch(step -> conditions.has(step.phenomenon()));
  }

  /** One thing that may be odd; the dice are for one frame. */
  private record Step(Phenomenon phenomenon, Alteration alteration) {
    /** Those that need a field come before those that take fields away. */
    static final List<Step> ALL =
        List.of(
            new Step(Phenomenon.NULL_ISLAND, (message, dice) -> message.location(0, 0)),
            new Step(Phenomenon.ODD_VALUES, Alterations::oddValue),
            new Step(Phenomenon.ODD_UNITS, OddUnits::in),
            new Step(Phenomenon.NULL_FIELDS, Alterations::nullField),
            new Step(Phenomenon.MISSING_FIELDS, Alterations::missingFields));
  }

  private interface Alteration {
    FakeMessage in(FakeMessage message, Dice dice);
  }

  /** The message as it arrives; the same for all copies of a frame. */
  FakeMessage in(FakeMessage message, int device, Frame frame) {
    if (!any || frame.kind() != MessageKind.UPLINK) {
      return message;
    }
    FakeMessage altered = message;
    for (Step step : Step.ALL) {
      if (conditions.strikes(step.phenomenon(), device, frame.number())) {
        Dice dice = conditions.dice(step.phenomenon(), device).of(frame.number());
        altered = step.alteration().in(altered, dice);
      }
    }
    return altered;
  }

  private static FakeMessage oddValue(FakeMessage message, Dice dice) {
    Object value = ODD_VALUES.get(dice.below(ODD_VALUES.size(), 0));
    return Readings.edited(message, dice, reading -> reading.put("value", value));
  }

  private static FakeMessage nullField(FakeMessage message, Dice dice) {
    int field = dice.below(OPTIONAL.size() + 1, 0);
    return field < OPTIONAL.size()
        ? message.field(OPTIONAL.get(field), null)
        : Readings.edited(message, dice, reading -> reading.put("value", null));
  }

  private static FakeMessage missingFields(FakeMessage message, Dice dice) {
    List<String> left = new ArrayList<>(OPTIONAL);
    FakeMessage altered = message;
    for (int missing = dice.below(3, 0); missing >= 0; missing--) {
      altered = altered.without(left.remove(dice.below(left.size(), 1 + missing)));
    }
    return altered;
  }
}
