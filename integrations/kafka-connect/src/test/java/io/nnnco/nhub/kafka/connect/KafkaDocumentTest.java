package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** docs/kafka.md lists the fields, the metrics and the headers that are there. */
class KafkaDocumentTest {
  private static final String TITLE = "| Field | Default | What it is |";

  private final String page = read(Path.of("..", "..", "docs", "kafka.md"));

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String row(ConfigDef.ConfigKey field) {
    Object value = field.defaultValue;
    boolean none = value == null || String.valueOf(value).isEmpty() || List.of().equals(value);
    String text = none ? "none" : "`" + ConfigDef.convertToString(value, field.type) + "`";
    return "| `" + field.name + "` | " + text + " | " + field.documentation + " |";
  }

  @Test
  void configuration_table_hasEachFieldWithItsDefaultAndDocumentation() {
    List<String> rows =
        Fields.DEFINITION.configKeys().values().stream().map(KafkaDocumentTest::row).toList();
    List<String> documented =
        page.substring(page.indexOf(TITLE) + TITLE.length())
            .lines()
            .skip(2)
            .takeWhile(line -> line.startsWith("| `"))
            .toList();
    assertEquals(String.join("\n", rows), String.join("\n", documented));
  }

  @Test
  void fields_each_hasAGroupAnOrderALabelAndADocumentation() {
    for (ConfigDef.ConfigKey field : Fields.DEFINITION.configKeys().values()) {
      assertTrue(field.name.startsWith("nhub."), field.name);
      assertFalse(String.valueOf(field.group).isBlank(), field.name);
      assertTrue(field.orderInGroup > 0, field.name);
      assertFalse(field.displayName.equals(field.name), field.name);
      assertTrue(field.documentation.endsWith("."), field.name);
    }
  }

  @Test
  void fields_thatAreSecrets_arePasswords() {
    Set<String> secrets =
        Fields.DEFINITION.configKeys().values().stream()
            .filter(field -> field.type == ConfigDef.Type.PASSWORD)
            .map(field -> field.name)
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(Fields.KEY, Fields.KEY_PASSWORD, Fields.TOKEN, Fields.PROXY_PASSWORD), secrets);
  }

  @Test
  void metrics_table_hasEachAttribute() {
    String section = page.substring(page.indexOf("## Metrics"), page.indexOf("# A program"));
    Set<String> documented =
        Pattern.compile("^\\| (`.*`) \\|", Pattern.MULTILINE)
            .matcher(section)
            .results()
            .flatMap(row -> Pattern.compile("`(\\w+)`").matcher(row.group(1)).results())
            .map((MatchResult name) -> name.group(1))
            .filter(name -> !name.equals(name.toUpperCase(java.util.Locale.ROOT)))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> attributes =
        Stream.of(SourceTaskMXBean.class.getMethods())
            .map(method -> method.getName().substring("get".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(attributes, documented);
  }

  @Test
  void headers_row_hasEachHeader() {
    for (String header :
        List.of(
            RecordMapper.KIND,
            RecordMapper.ENTERPRISE,
            RecordMapper.TOPIC,
            RecordMapper.QOS,
            RecordMapper.REDELIVERED,
            RecordMapper.DEDUPLICATION_KEY,
            RecordMapper.ERROR_CODE,
            RecordMapper.ERROR_MESSAGE)) {
      assertTrue(page.contains("`" + header + "`"), header);
    }
  }

  @Test
  void example_ofThePage_isThatOfTheArchive() throws IOException {
    ObjectMapper json = new ObjectMapper();
    int begin = page.indexOf("```json\n{\n  \"name\"") + "```json\n".length();
    JsonNode shown = json.readTree(page.substring(begin, page.indexOf("```", begin)));
    assertEquals(
        json.readTree(read(Path.of("src", "main", "assembly", "nhub-source.json"))), shown);
  }
}
