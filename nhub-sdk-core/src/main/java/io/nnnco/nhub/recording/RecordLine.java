package io.nnnco.nhub.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message as a line: a JSON object, with its payload as text wherever it is text. */
final class RecordLine {
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LineReader.LONGEST).build())
          .build();

  private static final String AT = "at";
  private static final String TOPIC = "topic";
  private static final String QOS = "qos";
  private static final String REDELIVERED = "redelivered";

  /** An array of pairs, since names may come more than once, and their order counts. */
  private static final String USER_PROPERTIES = "user_properties";

  private static final String PAYLOAD = "payload";
  private static final String PAYLOAD_BASE64 = "payload_base64";

  private long at = Long.MIN_VALUE;
  private int qos;
  private boolean redelivered;
  private @Nullable String topic;
  private byte @Nullable [] payload;
  private final List<Map.Entry<String, String>> userProperties = new ArrayList<>();

  private RecordLine() {}

  /** The line, with its line feed. */
  static byte[] of(RecordedMessage message) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField(AT, message.arrivedAt().toEpochMilli());
      json.writeStringField(TOPIC, message.topic());
      json.writeNumberField(QOS, message.qos());
      if (message.redelivered()) {
        json.writeBooleanField(REDELIVERED, true);
      }
      if (!message.userProperties().isEmpty()) {
        writePairs(message.userProperties(), json);
      }
      Optional<String> text = text(message.sharedPayload());
      if (text.isPresent()) {
        json.writeStringField(PAYLOAD, text.get());
      } else {
        json.writeStringField(
            PAYLOAD_BASE64, Base64.getEncoder().encodeToString(message.sharedPayload()));
      }
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void writePairs(List<Map.Entry<String, String>> pairs, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(USER_PROPERTIES);
    for (Map.Entry<String, String> pair : pairs) {
      json.writeStartArray();
      json.writeString(pair.getKey());
      json.writeString(pair.getValue());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** The text of which these are the bytes; empty if they are not UTF-8. */
  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The message in a line; empty if the line is damaged. */
  static Optional<RecordedMessage> parse(byte[] bytes, int offset, int length) {
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      RecordLine line = new RecordLine();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        line.read(name, json);
      }
      return json.nextToken() == null ? line.message() : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void read(String name, JsonParser json) throws IOException {
    switch (name) {
      case AT -> at = json.getLongValue();
      case TOPIC -> topic = json.getText();
      case QOS -> qos = json.getIntValue();
      case REDELIVERED -> redelivered = json.getBooleanValue();
      case USER_PROPERTIES -> readPairs(json);
      case PAYLOAD -> payload = json.getText().getBytes(UTF_8);
      case PAYLOAD_BASE64 -> payload = Base64.getDecoder().decode(json.getText());
      default -> json.skipChildren();
    }
  }

  private void readPairs(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.START_ARRAY) {
      String name = json.nextTextValue();
      String value = name == null ? null : json.nextTextValue();
      if (name == null || value == null || json.nextToken() != JsonToken.END_ARRAY) {
        throw new IllegalArgumentException("not a name and a value");
      }
      userProperties.add(Map.entry(name, value));
    }
  }

  private Optional<RecordedMessage> message() {
    return topic == null || payload == null || at == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(
            new RecordedMessage(
                Instant.ofEpochMilli(at), topic, payload, qos, redelivered, userProperties));
  }
}
