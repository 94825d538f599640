package io.nnnco.nhub.codec;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks one document forwards, at the level of messages: the next field, a string or null, a value
 * of any type. Every error is a {@link MalformedMessageException} that gives its position.
 */
final class JsonCursor {
  static final JsonValue NULL = new JsonNull();
  private static final JsonValue TRUE = new JsonBoolean(true);
  private static final JsonValue FALSE = new JsonBoolean(false);

  private final JsonPlace place = new JsonPlace();
  private final JsonBytes in;
  private final JsonNumbers numbers;
  private int tokens;

  /**
   * Where the last name or value starts, or the position behind the last object or array that has
   * ended.
   */
  private int at;

  /** Whether nothing of the innermost object or array has been read yet. */
  private boolean first;

  /** The last value, if it was not of the expected type. */
  private @Nullable JsonValue odd;

  JsonCursor(byte[] json, int offset, int length) {
    in = new JsonBytes(json, offset, length, place);
    numbers = new JsonNumbers(in, place);
  }

  void enterDocument() {
    if (in.next() == JsonBytes.END) {
      throw place.error("expected an object but found nothing", in.at());
    }
    int c = nextValue();
    if (c != '{') {
      throw expected("an object", c);
    }
    enter();
  }

  void endDocument() {
    if (in.next() != JsonBytes.END) {
      throw place.error("something follows the object", in.at());
    }
  }

  /** The name of the next field of the object, or null at its end. */
  @Nullable String nextField() {
    place.field(null);
    int c = in.next();
    if (c == '}') {
      leave();
      return null;
    }
    if (afterComma(c) != '"') {
      throw in.unexpected();
    }
    token();
    String name = in.name();
    if (name.length() > MessageDecoder.MAX_NAME_LENGTH) {
      throw error("the name of a field is too long");
    }
    place.field(name);
    if (in.next() != ':') {
      throw in.unexpected();
    }
    in.skip();
    return name;
  }

  /** Moves to the next element of an array, or returns false after the last one. */
  boolean nextElement() {
    int c = in.next();
    if (c == ']') {
      leave();
      return false;
    }
    afterComma(c);
    place.element();
    return true;
  }

  private int afterComma(int c) {
    if (first) {
      first = false;
      return c;
    }
    if (c != ',') {
      throw in.unexpected();
    }
    in.skip();
    return in.next();
  }

  private void enter() {
    place.enter(at);
    in.skip();
    first = true;
  }

  private void leave() {
    in.skip();
    token();
    place.leave();
    first = false;
  }

  private void token() {
    at = in.at();
    if (++tokens > MessageDecoder.MAX_TOKENS) {
      throw error("there are more than " + MessageDecoder.MAX_TOKENS + " names and values");
    }
  }

  /** The first byte of the next value. */
  private int nextValue() {
    int c = in.next();
    token();
    return c;
  }

  /** Adds a field to those seen; it must not be among them. */
  int once(int seen, int field) {
    if ((seen & field) != 0) {
      throw duplicate();
    }
    return seen | field;
  }

  /** Keeps a field that is not known, and returns the map to continue with. */
  Map<String, JsonValue> keep(String name, Map<String, JsonValue> fields) {
    Map<String, JsonValue> kept = fields.isEmpty() ? new LinkedHashMap<>() : fields;
    if (kept.containsKey(name)) {
      throw duplicate();
    }
    if (kept.size() == MessageDecoder.MAX_FIELDS) {
      throw error("there are more than " + MessageDecoder.MAX_FIELDS + " fields in an object");
    }
    JsonValue value = odd == null ? value() : odd;
    odd = null;
    kept.put(name, value);
    return kept;
  }

  /** Keeps the last value beside the unknown fields, if it was not of the expected type. */
  Map<String, JsonValue> keepOdd(String name, Map<String, JsonValue> fields) {
    return odd == null ? fields : keep(name, fields);
  }

  /** The last value if it was not of the expected type, otherwise null. */
  JsonValue takeOdd() {
    JsonValue value = odd == null ? NULL : odd;
    odd = null;
    return value;
  }

  <T> T require(String name, @Nullable T value) {
    if (value == null) {
      throw error(name + " is missing");
    }
    return value;
  }

  /** A string; null if there is none. A value of another type is kept as unexpected. */
  @Nullable String text() {
    int c = nextValue();
    if (c == '"') {
      return boundedText();
    }
    odd = otherwise(c);
    return null;
  }

  private String boundedText() {
    String text = in.text();
    if (text.length() > MessageDecoder.MAX_STRING_LENGTH) {
      throw error("the text is longer than " + MessageDecoder.MAX_STRING_LENGTH + " characters");
    }
    return text;
  }

  /** A string that is not empty; the only alternative is null. */
  @Nullable String id() {
    int c = nextValue();
    if (c != '"') {
      passNull(c, "text");
      return null;
    }
    String id = boundedText();
    if (id.isEmpty()) {
      throw error("it is empty");
    }
    return id;
  }

  /**
   * A number; null if there is none, or none that a double can hold. A value of another type is
   * kept as unexpected.
   */
  @Nullable Double number() {
    int c = nextValue();
    if (!startsNumber(c)) {
      odd = otherwise(c);
      return null;
    }
    double nearest = numbers.nearest();
    if (Double.isFinite(nearest)) {
      return nearest + 0.0; // No negative zero: JsonNumber has none either.
    }
    odd = new JsonNumber(numbers.last());
    return null;
  }

  /** Milliseconds since 1970; a whole number, in whatever notation. */
  @Nullable Instant timestamp() {
    int c = nextValue();
    if (startsNumber(c)) {
      return Instant.ofEpochMilli(numbers.milliseconds());
    }
    passNull(c, "a number");
    return null;
  }

  /**
   * Enters an object, or returns false if there is none. A value of another type is kept as
   * unexpected.
   */
  boolean enterObject() {
    return enter('{');
  }

  /**
   * Enters an array, or returns false if there is none. A value of another type is kept as
   * unexpected.
   */
  boolean enterArray() {
    return enter('[');
  }

  private boolean enter(char start) {
    int c = nextValue();
    if (c != start) {
      odd = otherwise(c);
      return false;
    }
    enter();
    return true;
  }

  /**
   * The value that starts with this byte, or null for a JSON null, which is the same as no field.
   */
  private @Nullable JsonValue otherwise(int c) {
    JsonValue value = value(c);
    return value == NULL ? null : value;
  }

  JsonValue value() {
    return value(nextValue());
  }

  private JsonValue value(int c) {
    return switch (c) {
      case '"' -> new JsonString(boundedText());
      case 't' -> literal("true", TRUE);
      case 'f' -> literal("false", FALSE);
      case 'n' -> literal("null", NULL);
      case '[' -> array();
      case '{' -> object();
      default -> {
        if (!startsNumber(c)) {
          throw in.unexpected();
        }
        yield new JsonNumber(numbers.decimal());
      }
    };
  }

  private JsonValue literal(String word, JsonValue value) {
    in.literal(word);
    return value;
  }

  private JsonArray array() {
    enter();
    List<JsonValue> values = new ArrayList<>();
    while (nextElement()) {
      values.add(value());
    }
    return new JsonArray(values);
  }

  private JsonObject object() {
    enter();
    Map<String, JsonValue> fields = Map.of();
    for (String name = nextField(); name != null; name = nextField()) {
      fields = keep(name, fields);
    }
    return new JsonObject(fields);
  }

  /** An error in the meaning of the last name or value. */
  MalformedMessageException error(String problem) {
    return place.error(problem, at);
  }

  private MalformedMessageException duplicate() {
    return error("the same field comes twice");
  }

  private void passNull(int c, String instead) {
    if (c != 'n') {
      throw expected(instead, c);
    }
    in.literal("null");
  }

  private MalformedMessageException expected(String what, int c) {
    String found =
        switch (c) {
          case '{' -> "an object";
          case '[' -> "an array";
          case '"' -> "text";
          case 't', 'f' -> "true or false";
          case 'n' -> "null";
          default -> startsNumber(c) ? "a number" : null;
        };
    return found == null ? in.unexpected() : error("expected " + what + " but found " + found);
  }

  private static boolean startsNumber(int c) {
    return c == '-' || (c >= '0' && c <= '9');
  }
}
