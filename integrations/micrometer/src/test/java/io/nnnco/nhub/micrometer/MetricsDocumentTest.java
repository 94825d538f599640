package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nnnco.nhub.micrometer.DocumentedMeters.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists the meters that are there, and no others. */
class MetricsDocumentTest {
  private static final Set<String> COMMON = Set.of("enterprise", "subscription");

  private final List<Row> rows = DocumentedMeters.rows();

  @Test
  void table_namesEachMeterWithItsTypeAndTags() throws InterruptedException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (EveryMeter every = new EveryMeter(registry, 1)) {
      Map<String, String> documented = new TreeMap<>();
      for (Row row : rows) {
        documented.put(row.name(), row.type() + " " + row.tags());
      }
      Map<String, String> found = new TreeMap<>();
      // A registry without histograms shows the buckets of a timer as gauges.
      registry.getMeters().stream()
          .filter(meter -> meter.getId().getTag("le") == null)
          .forEach(meter -> found.put(meter.getId().getName(), typeOf(meter) + tagsOf(meter)));
      assertEquals(documented, found);
      assertTrue(every.subscription.health().live());
    }
  }

  private static String typeOf(Meter meter) {
    return switch (meter.getId().getType()) {
      case COUNTER -> "counter ";
      case GAUGE -> "gauge ";
      case TIMER -> "timer ";
      default -> "other ";
    };
  }

  /** Without those that all meters of subscriptions have. */
  private static Set<String> tagsOf(Meter meter) {
    Set<String> tags =
        meter.getId().getTags().stream()
            .map(Tag::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    boolean isManagement = meter.getId().getName().startsWith("nhub.management");
    assertEquals(!isManagement, tags.removeAll(COMMON), tags::toString);
    return tags;
  }

  @Test
  void prometheus_hasTheDocumentedNamesAndNoOthers() throws InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (EveryMeter every = new EveryMeter(registry, 1)) {
      Set<String> found =
          series(registry).map(line -> line.replaceAll("[{ ].*", "")).collect(toSortedSet());
      assertEquals(rows.stream().flatMap(Row::allSeries).collect(toSortedSet()), found);
      assertTrue(every.subscription.health().live());
    }
  }

  @Test
  void prometheus_of10000Devices_hasFewerThan100Series() throws InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (EveryMeter every = new EveryMeter(registry, 10_000)) {
      assertEquals(10_001, every.subscription.stats().received());
      List<String> series = series(registry).toList();
      // As the page counts: a failure, causes of lost connections, five kinds of requests.
      long causes = series.stream().filter(line -> line.contains("disconnects_total")).count();
      assertEquals(67 + 12 + causes + 5 * 3, series.size(), () -> String.join("\n", series));
      assertTrue(series.size() < 100);
      assertTrue(series.stream().noneMatch(line -> line.contains("METER-")));
    }
  }

  private static Stream<String> series(PrometheusMeterRegistry registry) {
    return registry.scrape().lines().filter(line -> !line.startsWith("#"));
  }

  private static Collector<String, ?, Set<String>> toSortedSet() {
    return Collectors.toCollection(TreeSet::new);
  }
}
