package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages written as JSON, by themselves and by Jackson. */
class MessageJsonTest {
  private final MessageDecoder decoder = new MessageDecoder();
  private final ObjectMapper mapper = new ObjectMapper();

  /** All that the decoder takes, of what the golden files and fuzzing have. */
  static List<Path> messages() throws IOException {
    List<Path> messages = new ArrayList<>();
    for (Path root : List.of(Path.of("src/test/resources/messages"), Path.of("src/test/fuzz"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(Files::isRegularFile)
            .filter(MessageJsonTest::isMessage)
            .forEach(messages::add);
      }
    }
    return messages;
  }

  private static boolean isMessage(Path file) {
    try {
      new MessageDecoder().decode(Files.readAllBytes(file));
      return true;
    } catch (MalformedMessageException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void messages_goldenFiles_areAmongThem() throws IOException {
    assertTrue(messages().size() >= 60, messages()::toString);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void toJson_decodedAgain_isAnEqualMessage(Path file) throws IOException {
    byte[] json = Files.readAllBytes(file);
    for (MessageKind kind : MessageKind.values()) {
      DeviceMessage message = decoder.decode(kind, json, 0, json.length);
      byte[] again = message.toJson().getBytes(UTF_8);
      assertEquals(message, decoder.decode(kind, again, 0, again.length), message::toJson);
    }
    DeviceTopic alarms = new DeviceTopic(Enterprise.of("nnn.acme"), "d", "alarms");
    DeviceMessage unknown = decoder.decode(alarms, json, 0, json.length);
    byte[] again = unknown.toJson().getBytes(UTF_8);
    assertEquals(unknown, decoder.decode(alarms, again, 0, again.length), unknown::toJson);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void objectMapper_anyMessage_writesWhatToJsonGives(Path file) throws IOException {
    DeviceMessage message = decoder.decode(Files.readAllBytes(file));
    JsonNode expected = mapper.readTree(message.toJson());

    assertEquals(expected, mapper.readTree(mapper.writeValueAsString(message)));
    assertEquals(
        expected, mapper.readTree(mapper.writeValueAsString(Map.of("m", message))).get("m"));
    if (message instanceof Uplink uplink && !uplink.readings().isEmpty()) {
      JsonNode first = mapper.readTree(mapper.writeValueAsString(uplink.readings().get(0)));
      assertEquals(expected.get("readings").get(0), first);
    }
  }

  @Test
  void toJson_documentedExample_isTheSameJson() throws IOException {
    byte[] sent = GoldenFiles.read("valid/documented-uplink.json");

    assertEquals(
        mapper.readTree(sent).toString(),
        decoder.decode(sent).toJson(),
        "with the same names, numbers and order");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"network_metadata\":{\"rssi\":-95.0,\"snr\":7.50}' |"
            + " '\"network_metadata\":{\"rssi\":-95,\"snr\":7.5}'",
        "'\"readings\":[{\"channel_id\":\"t\",\"value\":22.50}]' |"
            + " '\"readings\":[{\"channel_id\":\"t\",\"value\":22.50}]'",
        "'\"readings\":[3,{\"channel_id\":\"t\"}]' |"
            + " '\"readings\":[{\"channel_id\":\"t\",\"value\":null},3]'",
        "'\"readings\":[]' | ''",
        "'\"source\":null' | ''",
        "'\"source\":7' | '\"source\":7'",
        "'\"new\":null' | '\"new\":null'",
        "'\"location\":{\"latitude\":-0.0,\"longitude\":1e300}' |"
            + " '\"location\":{\"latitude\":0,\"longitude\":1.0E+300}'",
      })
  void toJson_whatTheRecordDoesNotKeep_isWrittenAnew(String sent, String written) {
    String start = "{\"device_id\":\"d\",\"timestamp_ms\":1";
    byte[] json = (start + "," + sent + "}").getBytes(UTF_8);

    DeviceMessage message = decoder.decode(MessageKind.UPLINK, json, 0, json.length);

    assertEquals(start + (written.isEmpty() ? "" : ",") + written + "}", message.toJson());
  }
}
