package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/**
 * The guide names the Spring Boot of this run, has a row for each property, and each property has a
 * description for editors.
 */
class GuideTest {
  private static String guide() throws IOException {
    return Files.readString(Path.of("..", "..", "..", "docs", "spring-boot.md"));
  }

  @Test
  void springBoot_ofThisRun_isNamedInTheGuide() throws IOException {
    String version = SpringBootVersion.getVersion();

    assertTrue(guide().contains(version), version);
  }

  @Test
  void property_each_hasADescriptionAndARowInTheGuide() throws IOException {
    String guide = guide();
    JsonNode properties =
        new ObjectMapper()
            .readTree(
                Path.of("target/classes/META-INF/spring-configuration-metadata.json").toFile())
            .get("properties");
    List<String> missing = new ArrayList<>();
    for (JsonNode property : properties) {
      String name = property.get("name").asText();
      if (!property.hasNonNull("description") || !guide.contains("| `" + name + "` |")) {
        missing.add(name);
      }
    }
    assertTrue(properties.size() > 30);
    assertEquals(List.of(), missing);
  }
}
