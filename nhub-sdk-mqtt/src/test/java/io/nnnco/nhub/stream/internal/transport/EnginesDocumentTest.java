package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Holds the table in docs/engines.md to the tests that run on each engine. */
class EnginesDocumentTest {
  private static final Path PAGE = Path.of("../docs/engines.md");
  private static final String BEGIN = "<!-- table: written by EnginesDocumentTest -->\n";
  private static final String END = "<!-- end of table -->";

  private static final List<Class<?>> SUITES =
      List.of(
          ConnectingContract.class,
          ReceivingContract.class,
          EndingContract.class,
          ConnectingFaults.class,
          SubscribingFaults.class,
          ServerTermsFaults.class,
          MemoryFaults.class,
          ReceivingFaults.class,
          ProtocolFaults.class,
          ReasonFaults.class,
          FuzzedFaults.class,
          KeepAliveFaults.class,
          EndingFaults.class,
          LeavingFaults.class);

  /** Column → the classes whose nested ones run the suites. */
  private static final Map<String, List<Class<?>>> COLUMNS = new LinkedHashMap<>();

  private static final Pattern ACRONYM =
      Pattern.compile("\\b(ascii|connack|disconnect(?= with)|dns|dup|suback|tls|unsuback)\\b");

  static {
    COLUMNS.put("Paho", List.of(PahoContractTest.class, PahoFaultsTest.class));
    COLUMNS.put("Direct, MQTT 5", List.of(DirectContractTest.class, DirectFaultsTest.class));
    COLUMNS.put("Direct, MQTT 3.1.1", List.of(DirectContract311Test.class));
  }

  /** To write the table anew: {@code ./mvnw … -Dsurefire.argLine=-Dnhub.docs.write=true}. */
  @Test
  void table_isTheListOfTests() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    assertTrue(from >= BEGIN.length() && to >= from, "the page has a place for the table");
    if (Boolean.getBoolean("nhub.docs.write")) {
      Files.writeString(PAGE, page.substring(0, from) + table() + page.substring(to));
    } else {
      assertEquals(table(), page.substring(from, to));
    }
  }

  @Test
  void table_leavesNoSuiteOut() {
    assertEquals(
        Set.copyOf(SUITES),
        COLUMNS.values().stream()
            .flatMap(List::stream)
            .flatMap(test -> Stream.of(test.getDeclaredClasses()))
            .map(Class::getSuperclass)
            .collect(Collectors.toSet()));
  }

  private static String table() {
    String columns = String.join(" | ", COLUMNS.keySet());
    return "| behaviour | "
        + columns
        + " |\n|---|"
        + "---|".repeat(COLUMNS.size())
        + "\n"
        + SUITES.stream().flatMap(EnginesDocumentTest::rows).collect(Collectors.joining());
  }

  private static Stream<String> rows(Class<?> suite) {
    String cells =
        COLUMNS.values().stream()
            .map(classes -> classes.stream().anyMatch(test -> runs(test, suite)) ? "yes" : "–")
            .collect(Collectors.joining(" | "));
    return Stream.of(suite.getDeclaredMethods())
        .filter(EnginesDocumentTest::isTest)
        .map(method -> sentence(method.getName()))
        .sorted(Comparator.comparing(EnginesDocumentTest::sortKey))
        .map(sentence -> "| " + sentence + " | " + cells + " |\n");
  }

  private static boolean runs(Class<?> test, Class<?> suite) {
    return Stream.of(test.getDeclaredClasses()).anyMatch(suite::isAssignableFrom);
  }

  /** D2 before D11. */
  private static String sortKey(String sentence) {
    return sentence.matches("D[0-9]: .*") ? "D0" + sentence.substring(1) : sentence;
  }

  private static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class);
  }

  /** {@code d3_listenerThrows_costsNothing} → D3: listener throws: costs nothing. */
  private static String sentence(String name) {
    String words =
        name.replace("_", ": ").replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ");
    String lower = words.toLowerCase(Locale.ROOT);
    String spelt =
        ACRONYM
            .matcher(lower)
            .replaceAll(acronym -> acronym.group().toUpperCase(Locale.ROOT))
            .replaceAll("\\bqos ?([012])", "QoS $1")
            .replaceAll("\\bqos\\b", "QoS")
            .replaceAll("\\bip ?v6\\b", "IPv6");
    return spelt.matches("d[0-9]+: .*") ? "D" + spelt.substring(1) : spelt;
  }
}
