package io.nnnco.nhub.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks one document forwards, in the words of messages: the next field, a text or null, a value of
 * any kind. It knows where it is, and so makes the errors.
 */
final class JsonCursor {
  static final JsonValue NULL = new JsonNull();
  private static final JsonValue TRUE = new JsonBoolean(true);
  private static final JsonValue FALSE = new JsonBoolean(false);

  private final JsonParser parser;
  private boolean betweenFields;

  JsonCursor(JsonParser parser) {
    this.parser = parser;
  }

  void enterDocument() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw expected("an object");
    }
  }

  void endDocument() throws IOException {
    if (parser.nextToken() != null) {
      throw error("something follows the object");
    }
  }

  /** The name of the next field of the object, or null at its end. */
  @Nullable String nextField() throws IOException {
    betweenFields = true;
    String name = parser.nextFieldName();
    betweenFields = false;
    if (name != null && name.length() > MessageDecoder.MAX_NAME_LENGTH) {
      throw error("the name of a field is too long");
    }
    return name;
  }

  /** Adds a field to those seen, which it must not be among. */
  int once(int seen, int field) {
    if ((seen & field) != 0) {
      throw duplicate();
    }
    return seen | field;
  }

  /** Keeps a field that is not known, and gives the map to go on with. */
  Map<String, JsonValue> keep(String name, Map<String, JsonValue> fields) throws IOException {
    Map<String, JsonValue> kept = fields.isEmpty() ? new LinkedHashMap<>() : fields;
    if (kept.containsKey(name)) {
      throw duplicate();
    }
    if (kept.size() == MessageDecoder.MAX_FIELDS) {
      throw error("there are more than " + MessageDecoder.MAX_FIELDS + " fields in an object");
    }
    kept.put(name, value());
    return kept;
  }

  <T> T require(String name, @Nullable T value) {
    if (value == null) {
      throw error(name + " is missing");
    }
    return value;
  }

  @Nullable String text() throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> null;
      default -> throw expected("text");
    };
  }

  /** A text that is not empty. */
  @Nullable String id() throws IOException {
    String id = text();
    if (id != null && id.isEmpty()) {
      throw error("it is empty");
    }
    return id;
  }

  @Nullable Double number() throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite();
      case VALUE_NULL -> null;
      default -> throw expected("a number");
    };
  }

  /** Zero may be an exponent beyond all bounds: 0e9999, or 1e-9999. */
  private double finite() throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw tooLargeNumber();
    }
    return number == 0 && hasExponent() ? decimal().doubleValue() : number;
  }

  private boolean hasExponent() throws IOException {
    char[] text = parser.getTextCharacters();
    int start = parser.getTextOffset();
    for (int i = start + parser.getTextLength() - 1; i >= start; i--) {
      if (text[i] == 'e' || text[i] == 'E') {
        return true;
      }
    }
    return false;
  }

  /** Milliseconds since 1970; a whole number, however it is written. */
  @Nullable Instant timestamp() throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Instant.ofEpochMilli(milliseconds());
      case VALUE_NULL -> null;
      default -> throw expected("a number");
    };
  }

  private long milliseconds() throws IOException {
    if (isLong()) {
      return parser.getLongValue();
    }
    try {
      return decimal().longValueExact();
    } catch (ArithmeticException e) {
      throw error("it is not a whole number of milliseconds within 64 bits");
    }
  }

  /** Goes into an object, or says that there is a null in its place. */
  boolean enterObject() throws IOException {
    return enter(JsonToken.START_OBJECT, "an object");
  }

  /** Goes into an array, or says that there is a null in its place. */
  boolean enterArray() throws IOException {
    return enter(JsonToken.START_ARRAY, "an array");
  }

  private boolean enter(JsonToken start, String what) throws IOException {
    JsonToken token = parser.nextToken();
    if (token != start && token != JsonToken.VALUE_NULL) {
      throw expected(what);
    }
    return token == start;
  }

  /** Goes into the next element of an array of objects, or says that it was the last. */
  boolean nextObject() throws IOException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.START_OBJECT && token != JsonToken.END_ARRAY) {
      throw expected("an object");
    }
    return token == JsonToken.START_OBJECT;
  }

  JsonValue value() throws IOException {
    return value(parser.nextToken());
  }

  private JsonValue value(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(decimal());
      case VALUE_TRUE -> TRUE;
      case VALUE_FALSE -> FALSE;
      case VALUE_NULL -> NULL;
      case START_ARRAY -> array();
      case START_OBJECT -> object();
      default -> throw expected("a value");
    };
  }

  private JsonArray array() throws IOException {
    List<JsonValue> values = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      values.add(value(t));
    }
    return new JsonArray(values);
  }

  private JsonObject object() throws IOException {
    Map<String, JsonValue> fields = Map.of();
    for (String name = nextField(); name != null; name = nextField()) {
      fields = keep(name, fields);
    }
    return new JsonObject(fields);
  }

  private boolean isLong() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  private BigDecimal decimal() throws IOException {
    if (isLong()) {
      return BigDecimal.valueOf(parser.getLongValue());
    }
    BigDecimal number;
    try {
      number = parser.getDecimalValue();
    } catch (JsonProcessingException | NumberFormatException e) {
      throw tooLargeNumber(); // a decimal point beyond what 32 bits can place
    }
    if (Math.abs((long) number.scale()) > MessageDecoder.MAX_NUMBER_SCALE) {
      throw tooLargeNumber();
    }
    return number;
  }

  private MalformedMessageException duplicate() {
    return error("the same field comes twice");
  }

  private MalformedMessageException tooLargeNumber() {
    return error("the number is too large or too small");
  }

  private MalformedMessageException expected(String what) {
    return error("expected " + what + " but found " + name(parser.currentToken()));
  }

  /** An error in the meaning of the current token, which is where it points to. */
  MalformedMessageException error(String problem) {
    JsonToken token = parser.currentToken();
    long offset =
        token == null || token.isStructEnd()
            ? parser.currentLocation().getByteOffset()
            : parser.currentTokenLocation().getByteOffset();
    return new MalformedMessageException(
        problem, JsonPath.of(parser.getParsingContext(), false), offset);
  }

  /** An error in the JSON itself. What the parser says of it may quote the payload, so is left. */
  MalformedMessageException malformed(Exception cause) {
    long offset =
        cause instanceof JsonProcessingException json && json.getLocation() != null
            ? json.getLocation().getByteOffset()
            : parser.currentLocation().getByteOffset();
    boolean nameUnread = betweenFields && parser.currentToken() != JsonToken.FIELD_NAME;
    return new MalformedMessageException(
        problem(cause), JsonPath.of(parser.getParsingContext(), nameUnread), Math.max(0, offset));
  }

  private static String problem(Exception cause) {
    if (cause instanceof JsonEOFException) {
      return "it ends too early";
    }
    return cause instanceof StreamConstraintsException
        ? "it is nested too deep, or a name, text or number is too long, or there is too much of it"
        : "it is not JSON";
  }

  private static String name(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
