package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nnnco.nhub.micrometer.DocumentedMeters.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules use documented metrics, and no others. */
class OperationsTest {
  static final Path OPERATIONS = DocumentedMeters.DOCS.resolve("operations");

  private static final Pattern METRIC = Pattern.compile("\\bnhub_\\w+");
  private static final Pattern ALERT_ROW = Pattern.compile("(?m)^\\| `(NHub\\w+)` \\|");

  static List<String> dashboardQueries() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(OPERATIONS.resolve("grafana-dashboard.json").toFile());
    return dashboard.findValuesAsText("expr");
  }

  private static List<JsonNode> rules() throws IOException {
    JsonNode file = new YAMLMapper().readTree(OPERATIONS.resolve("alerts.yml").toFile());
    JsonNode rules = file.path("groups").path(0).path("rules");
    return Stream.iterate(0, i -> i < rules.size(), i -> i + 1).map(rules::get).toList();
  }

  private static Set<String> metrics(Stream<String> queries) {
    return queries
        .flatMap(query -> METRIC.matcher(query).results())
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertDocumented(Set<String> metrics) {
    Set<String> unknown = new TreeSet<>(metrics);
    DocumentedMeters.rows().stream().flatMap(Row::allSeries).forEach(unknown::remove);
    assertEquals(Set.of(), unknown);
  }

  @Test
  void dashboard_usesDocumentedMetrics_andShowsEachMeter() throws IOException {
    Set<String> used = metrics(dashboardQueries().stream());
    assertDocumented(used);
    List<String> notShown =
        DocumentedMeters.rows().stream()
            .filter(row -> row.allSeries().noneMatch(used::contains))
            .map(Row::name)
            .toList();
    assertEquals(List.of(), notShown);
  }

  @Test
  void rules_useDocumentedMetrics_andSayWhatToDo() throws IOException {
    List<JsonNode> rules = rules();
    assertTrue(rules.size() >= 7, rules::toString);
    for (JsonNode rule : rules) {
      Set<String> used = metrics(Stream.of(rule.path("expr").asText()));
      assertTrue(!used.isEmpty(), rule::toString);
      assertDocumented(used);
      assertDocumented(metrics(Stream.of(rule.path("annotations").toString())));
      assertTrue(rule.path("annotations").path("summary").asText().length() > 20, rule::toString);
      assertTrue(
          rule.path("annotations").path("description").asText().length() > 60, rule::toString);
    }
  }

  @Test
  void page_andTests_nameEachAlert() throws IOException {
    List<String> alerts = rules().stream().map(rule -> rule.path("alert").asText()).toList();
    String page = DocumentedMeters.read(OPERATIONS.resolve("README.md"));
    String tests = DocumentedMeters.read(OPERATIONS.resolve("alerts-test.yml"));

    assertEquals(
        new TreeSet<>(alerts),
        ALERT_ROW
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new)));
    for (String alert : alerts) {
      // Once that it does not fire, once that it does.
      assertTrue(tests.split(alert + "\\b", -1).length > 2, alert);
    }
  }
}
