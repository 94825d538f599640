package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is odd about uplinks, measured against what was asked for. */
final class PhenomenaOfContentTest {
  private static final List<String> OPTIONAL =
      List.of(
          "location",
          "network_metadata",
          "readings",
          "raw_payload",
          "device_type",
          "source",
          "message_type");

  private static FieldRun run(Phenomenon phenomenon) {
    return FieldRun.of(phenomenon, 0.2, 100, 100);
  }

  private static Stream<JsonNode> readings(FieldRun run) {
    return run.transmissions().stream()
        .map(FieldRun::json)
        .flatMap(
            message ->
                Stream.iterate(0, i -> i < message.path("readings").size(), i -> i + 1)
                    .map(i -> message.path("readings").get(i)));
  }

  private static int missing(JsonNode message) {
    return (int) OPTIONAL.stream().filter(field -> !message.has(field)).count();
  }

  @Test
  void nullIsland_ofUplinks_isTheShare() {
    assertEquals(
        0.2,
        run(Phenomenon.NULL_ISLAND)
            .shareOfMessages(
                message ->
                    message.at("/location/latitude").asDouble() == 0
                        && message.at("/location/longitude").asDouble() == 0),
        0.015);
  }

  @Test
  void missingFields_ofUplinks_areTheShare_oneToThree() {
    FieldRun run = run(Phenomenon.MISSING_FIELDS);

    assertEquals(0.2, run.shareOfMessages(message -> missing(message) > 0), 0.01);
    assertEquals(0.2 / 3, run.shareOfMessages(message -> missing(message) == 3), 0.01);
    assertEquals(0, run.shareOfMessages(message -> missing(message) > 3));
    for (String field : OPTIONAL) {
      assertEquals(0.2 * 2 / 7, run.shareOfMessages(message -> !message.has(field)), 0.01, field);
    }
    assertEquals(
        1, run.shareOfMessages(message -> message.has("device_id") && message.has("timestamp_ms")));
  }

  @Test
  void nullFields_ofUplinks_areTheShare() {
    FieldRun run = run(Phenomenon.NULL_FIELDS);

    assertEquals(0.2, run.shareOfMessages(message -> message.toString().contains(":null")), 0.01);
    assertEquals(0.2 / 8, run.shareOfMessages(message -> message.path("location").isNull()), 0.005);
    assertTrue(readings(run).anyMatch(reading -> reading.get("value").isNull()));
  }

  @Test
  void oddValues_ofUplinks_areTheShare() {
    FieldRun run = run(Phenomenon.ODD_VALUES);
    Set<String> odd =
        readings(run)
            .map(reading -> reading.get("value"))
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of("NaN", "Infinity", "-Infinity", "", "-", "n/a"), odd);
    assertEquals(
        0.2,
        run.share(
            sent -> {
              String text = sent.arrivals().get(0).message().toString();
              return text.contains("1E+400") || text.matches(".*\"value\": \".*");
            }),
        0.01);
    assertTrue(
        run.share(sent -> sent.arrivals().get(0).message().toString().contains("1E+400")) > 0.02);
  }

  @Test
  void oddUnits_ofUplinks_areTheShare_andTheValueMatches() {
    Map<String, String> usual =
        readings(FieldRun.of(FieldRun.simulator(5), 1))
            .collect(
                Collectors.toMap(
                    reading -> reading.get("channel_id").asText(),
                    reading -> reading.path("unit").asText("none"),
                    (one, other) -> one));
    FieldRun run = run(Phenomenon.ODD_UNITS);
    List<JsonNode> odd =
        readings(run)
            .filter(
                reading ->
                    !reading
                        .path("unit")
                        .asText("none")
                        .equals(usual.get(reading.get("channel_id").asText())))
            .toList();

    assertEquals(0.2, (double) odd.size() / run.transmissions().size(), 0.01);
    assertTrue(odd.stream().anyMatch(reading -> !reading.has("unit")));
    List<JsonNode> fahrenheit =
        odd.stream().filter(reading -> reading.path("unit").asText().equals("\u00b0F")).toList();
    assertTrue(fahrenheit.stream().allMatch(r -> r.get("value").asDouble() > 45));
    assertTrue(fahrenheit.size() > 10);
  }

  @Test
  void phenomena_together_strikeIndependently() {
    FieldRun run =
        FieldRun.of(
            FieldRun.simulator(100)
                .with(Phenomenon.NULL_ISLAND, 0.3)
                .with(Phenomenon.DUPLICATES, 0.3),
            100);

    assertEquals(
        0.09,
        run.share(
            sent ->
                sent.arrivals().size() > 1
                    && FieldRun.json(sent).at("/location/latitude").asDouble() == 0),
        0.01);
  }
}
