package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The archive and the folder that are installed on workers. */
class PluginArchiveTest {
  private static final Path ZIP = Path.of(WorkerFixture.PLUGINS + ".zip");
  private static final String FOLDER = "nhub-sdk-kafka-connect-" + Version.VALUE + "/";

  private static Set<String> entries() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      return zip.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void archive_jars_areTheSdkAndItsLibrariesWithoutThoseOfTheWorker() throws IOException {
    Set<String> jars =
        entries().stream()
            .filter(name -> name.endsWith(".jar"))
            .map(name -> name.substring((FOLDER + "lib/").length()).replaceFirst("-[0-9].*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected =
        Set.of(
            "nhub-sdk-kafka-connect",
            "nhub-sdk-core",
            "nhub-sdk-mqtt",
            "org.eclipse.paho.mqttv5.client",
            "jackson-annotations",
            "jackson-core",
            "jackson-databind",
            "okhttp-jvm",
            "okio-jvm",
            "kotlin-stdlib",
            "annotations",
            "bcprov-jdk18on",
            "bcpkix-jdk18on",
            "bcutil-jdk18on",
            "jspecify");
    assertEquals(new TreeSet<>(expected), jars);
  }

  @Test
  void archive_manifest_namesTheSourceAndItsVersion() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      JsonNode manifest =
          new ObjectMapper()
              .readTree(zip.getInputStream(zip.getEntry(FOLDER + "manifest.json")).readAllBytes());
      assertEquals(Version.VALUE, manifest.get("version").asText());
      assertEquals("source", manifest.get("component_types").get(0).asText());
    }
    assertTrue(entries().contains(FOLDER + "doc/LICENSE"));
    assertTrue(entries().contains(FOLDER + "etc/nhub-source.json"));
  }

  @Test
  void folder_hasTheSameFilesAsTheArchive() throws IOException {
    try (Stream<Path> files = Files.walk(WorkerFixture.PLUGINS)) {
      assertEquals(
          entries(),
          files
              .filter(Files::isRegularFile)
              .map(file -> WorkerFixture.PLUGINS.relativize(file).toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
