package io.nnnco.nhub.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** The settings in a directory that {@code nhub fake --dir} has filled. */
final class FakeSettings {
  private FakeSettings() {}

  static Settings.Source read(Path directory) {
    Path file = directory.resolve("fake.json");
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
      Map<Setting, String> values =
          Map.of(
              Setting.API_URL, json.required("apiUrl").asText(),
              Setting.MQTT,
                  json.required("mqttHost").asText() + ":" + json.required("mqttPort").asInt(),
              Setting.TOKEN, json.required("adminToken").asText(),
              Setting.PASSWORD, json.required("apiToken").asText(),
              Setting.CERTS, directory.toString());
      return new Settings.Source(setting -> "--fake " + directory, values, false);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          ExitCode.FILES,
          file + " does not exist. Start a fake first: nhub fake --dir " + directory + ".");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.FILES,
          file
              + " was not written by nhub fake. Start a fake again: nhub fake --dir "
              + directory
              + ".");
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FILES, "Cannot read " + ErrorLine.reason(e));
    }
  }
}
