package io.nnnco.nhub.spring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What editors know about the properties: the generated metadata. */
final class Metadata {
  private Metadata() {}

  /** The properties {@code nhub.*} by their names. */
  static Map<String, JsonNode> properties() {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    for (JsonNode property : all()) {
      String name = property.get("name").asText();
      if (name.startsWith("nhub.")) {
        properties.put(name, property);
      }
    }
    return properties;
  }

  /** With those that Spring Boot adds for an endpoint. */
  static JsonNode all() {
    Path file = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    try {
      return new ObjectMapper().readTree(file.toFile()).get("properties");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
