package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.docs.DocSnippets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/**
 * The guide names the Spring Boot of this run, and has a row for each property: the description and
 * the default that editors show.
 */
class GuideTest {
  /** Words of the SDK's inside, and of no reader. */
  private static final Pattern JARGON =
      Pattern.compile("(?i)\\b(TODO|lane|ledger|bean|enum|boolean|impl|null|record|pojo|flag)\\b");

  private static String guide() throws IOException {
    return Files.readString(Path.of("..", "..", "..", "docs", "spring-boot.md"));
  }

  @Test
  void springBoot_ofThisRun_isNamedInTheGuide() throws IOException {
    String version = SpringBootVersion.getVersion();

    assertTrue(guide().contains(version), version);
  }

  @Test
  void property_each_hasARowInTheGuide() throws IOException {
    String guide = guide();
    List<String> missing = new ArrayList<>();
    for (JsonNode property : Metadata.all()) {
      if (!property.path("deprecated").asBoolean()) {
        String row = row(property);
        if (!guide.contains(row)) {
          missing.add(row);
        }
      }
    }
    assertTrue(Metadata.properties().size() > 40);
    assertEquals(List.of(), missing);
  }

  private static String row(JsonNode property) {
    String value = property.path("defaultValue").asText();
    String description = property.path("description").asText().replaceAll("\\.$", "");
    return "| `%s` | %s | %s |"
        .formatted(
            property.get("name").asText(), value.isEmpty() ? "" : "`" + value + "`", description);
  }

  @Test
  void code_ofTheGuide_isTheExamples() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("..", "..", "..", "docs", "spring-boot.md"),
            Path.of("../example/src/main/java/io/nnnco/nhub/examples/spring", "Application.java")));
  }

  @Test
  void property_each_hasADescriptionInPlainWords() {
    List<String> wrong = new ArrayList<>();
    Metadata.properties()
        .forEach(
            (name, property) -> {
              String description = property.path("description").asText();
              if (!description.matches("[A-Z].{10,}\\.") || JARGON.matcher(description).find()) {
                wrong.add(name + ": " + description);
              }
            });
    assertEquals(List.of(), wrong);
  }

  @Test
  void property_each_isNotDeprecated() {
    assertEquals(
        List.of(),
        Metadata.properties().values().stream().filter(one -> one.has("deprecated")).toList());
  }
}
