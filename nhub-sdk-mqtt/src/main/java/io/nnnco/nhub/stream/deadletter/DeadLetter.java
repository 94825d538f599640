package io.nnnco.nhub.stream.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.UserProperty;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A line of a dead-letter file: one JSON object. */
final class DeadLetter {
  /** An exception may quote whole documents; this much of its message is kept. */
  private static final int MAX_CAUSE_MESSAGE = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** An array of pairs, since names may come more than once, and their order counts. */
  private static final String USER_PROPERTIES = "user_properties";

  private DeadLetter() {}

  /** The line of a failed message, with its line feed. */
  static byte[] line(FailedMessage failure, UnaryOperator<byte[]> redaction) {
    Delivery delivery = failure.delivery();
    byte[] payload = redaction.apply(delivery.payload());
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("topic", text(delivery.topic()));
    fields.put("arrived_at", text(delivery.arrivedAt().toString()));
    fields.put("qos", number(delivery.qos().level()));
    fields.put("redelivered", new JsonBoolean(delivery.redelivered()));
    fields.put("attempts", number(failure.attempts()));
    fields.put("cause", text(failure.cause().getClass().getName()));
    fields.put("cause_message", text(messageOf(failure.cause())));
    fields.put("deduplication_key", text(delivery.deduplicationKey()));
    List<UserProperty> userProperties = delivery.userProperties();
    if (!userProperties.isEmpty()) {
      fields.put(USER_PROPERTIES, pairs(userProperties));
    }
    fields.put("payload", text(Base64.getEncoder().encodeToString(payload)));
    return (new JsonObject(fields) + "\n").getBytes(UTF_8);
  }

  private static JsonValue pairs(List<UserProperty> properties) {
    List<JsonValue> pairs = new ArrayList<>();
    for (UserProperty property : properties) {
      pairs.add(new JsonArray(List.of(text(property.name()), text(property.value()))));
    }
    return new JsonArray(pairs);
  }

  private static String messageOf(Throwable cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse("");
    return message.length() <= MAX_CAUSE_MESSAGE
        ? message
        : message.substring(0, MAX_CAUSE_MESSAGE) + "…";
  }

  private static JsonValue text(String value) {
    return new JsonString(value);
  }

  private static JsonValue number(int value) {
    return new JsonNumber(BigDecimal.valueOf(value));
  }

  /** The message in a line, or empty if the line is not a dead letter. */
  static Optional<Delivery> parse(byte[] line) {
    try {
      List<UserProperty> userProperties = new ArrayList<>();
      Map<String, String> fields = fields(line, userProperties);
      return Optional.of(
          new StoredDelivery(
              required(fields, "topic"),
              Instant.parse(required(fields, "arrived_at")),
              "0".equals(fields.get("qos")) ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE,
              required(fields, "deduplication_key"),
              List.copyOf(userProperties),
              Base64.getDecoder().decode(required(fields, "payload"))));
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> fields(byte[] line, List<UserProperty> userProperties)
      throws IOException {
    int from = 0;
    while (from < line.length && line[from] == 0) { // Older versions left zeros after a truncation.
      from++;
    }
    try (JsonParser parser = JSON.createParser(line, from, line.length - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not an object");
      }
      Map<String, String> fields = texts(parser, userProperties);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something after the object");
      }
      return fields;
    }
  }

  /** The fields of an object whose start was read; of those that are no text, one is known. */
  private static Map<String, String> texts(JsonParser parser, List<UserProperty> userProperties)
      throws IOException {
    Map<String, String> texts = new HashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (value.isScalarValue()) {
        texts.put(name, parser.getText());
      } else if (value == JsonToken.START_ARRAY && name.equals(USER_PROPERTIES)) {
        readPairs(parser, userProperties);
      } else {
        parser.skipChildren();
      }
    }
    return texts;
  }

  private static void readPairs(JsonParser parser, List<UserProperty> userProperties)
      throws IOException {
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      String name = parser.nextTextValue();
      String value = name == null ? null : parser.nextTextValue();
      if (name == null || value == null || parser.nextToken() != JsonToken.END_ARRAY) {
        throw new IllegalArgumentException("not a name and a value");
      }
      userProperties.add(new UserProperty(name, value));
    }
    if (parser.currentToken() != JsonToken.END_ARRAY) {
      throw new IllegalArgumentException("not an array of pairs");
    }
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}
