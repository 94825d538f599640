package io.nnnco.nhub.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/bridge.md} to the tests: what it says is proved is what their tags say. */
final class BridgeDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/bridge.md");
  private static final String PACKAGE = "io/nnnco/nhub/testkit";

  static Stream<String> rules() {
    return Stream.concat(
        IntStream.rangeClosed(1, 10).mapToObj(i -> "R" + i),
        IntStream.rangeClosed(1, 16).mapToObj(i -> "M" + i));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_ofThePlatform_hasARowThatNamesItsTests(String rule) throws Exception {
    String proof = proofOf(rule);
    assertFalse(proof.isEmpty(), "no test has @Tag(\"" + rule + "\")");

    List<List<String>> rows = rows(4).filter(row -> row.get(0).equals(rule)).toList();

    assertEquals(1, rows.size(), "rows of " + rule);
    assertEquals(proof, rows.get(0).get(3), "the last cell of rule " + rule + " in " + DOCUMENT);
  }

  @Test
  void document_ofRules_hasNoOthers() throws IOException {
    List<String> named =
        rows(4).map(row -> row.get(0)).filter(name -> name.matches("[RM]\\d+")).toList();

    assertEquals(rules().toList(), named);
  }

  @Test
  void tags_ofTests_areRules() throws Exception {
    List<String> strangers = new ArrayList<>(proofs().keySet());
    strangers.removeAll(rules().toList());

    assertEquals(List.of(), strangers);
  }

  @Test
  void mosquitto_whereItDiffers_isShown() throws Exception {
    List<List<String>> expected = new ArrayList<>();
    for (RecordComponent response : ServerResponses.class.getRecordComponents()) {
      expected.add(
          List.of(
              "`" + response.getName() + "`",
              response.getAccessor().invoke(ServerResponses.FAKE).toString(),
              response.getAccessor().invoke(ServerResponses.MOSQUITTO).toString()));
    }

    assertEquals(expected, rows(3).filter(row -> row.get(0).startsWith("`")).toList());
  }

  /** The rows of the tables with so many columns. */
  private static Stream<List<String>> rows(int columns) throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .filter(cells -> cells.size() == columns + 2)
        .map(cells -> cells.subList(1, columns + 1));
  }

  private static String proofOf(String rule) throws Exception {
    return proofs().getOrDefault(rule, new TreeMap<>()).entrySet().stream()
        .map(tests -> "`" + tests.getKey() + "`: " + String.join(", ", tests.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** By rule, the classes with tests that have its tag, and their names. */
  private static Map<String, Map<String, Set<String>>> proofs() throws Exception {
    Map<String, Map<String, Set<String>>> proofs = new TreeMap<>();
    for (Class<?> type : testClasses()) {
      for (Method method :
          Stream.of(type.getDeclaredMethods()).filter(BridgeDocumentTest::isTest).toList()) {
        for (Tag tag : method.getAnnotationsByType(Tag.class)) {
          proofs
              .computeIfAbsent(tag.value(), rule -> new TreeMap<>())
              .computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
              .add(method.getName());
        }
      }
    }
    return proofs;
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }

  private static List<Class<?>> testClasses()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path root =
        Path.of(
            BridgeDocumentTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve(PACKAGE))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace('/', '.');
        classes.add(
            Class.forName(
                name.substring(0, name.length() - ".class".length()),
                false,
                BridgeDocumentTest.class.getClassLoader()));
      }
    }
    return classes;
  }
}
