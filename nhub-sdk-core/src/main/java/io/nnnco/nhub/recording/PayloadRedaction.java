package io.nnnco.nhub.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces some values of one payload, in place: all other bytes stay as they are. */
final class PayloadRedaction {
  private static final String CHANNEL = "channel_id";
  private static final String VALUE = "value";

  private final KeyedHash hash;
  private final String deviceId;
  private final byte[] payload;
  private final ByteArrayOutputStream out;

  /** What readings are about, by the offset of the object; only where that has to be replaced. */
  private final Map<Integer, FieldMeaning> channels = new HashMap<>();

  /** Whether it is not JSON, so that a reading may have lost its channel. */
  private boolean broken;

  private int copied;

  PayloadRedaction(KeyedHash hash, String deviceId, byte[] payload) {
    this.hash = hash;
    this.deviceId = deviceId;
    this.payload = payload;
    out = new ByteArrayOutputStream(payload.length + 64);
  }

  /**
   * An object or array that was entered.
   *
   * @param start where it begins
   * @param meaning what is in it, unless its name says otherwise
   */
  private record Level(int start, FieldMeaning meaning) {
    static final Level OUTSIDE = new Level(-1, FieldMeaning.OTHER);
  }

  /** What to do with a scalar that was read to its end. */
  private interface Visitor {
    void scalar(JsonParser json, Level level, @Nullable String name) throws IOException;
  }

  /** Twice through it, because a reading may have its value before its channel. */
  byte[] bytes() {
    walk(this::noteChannel);
    copy(walk(this::replace));
    return out.toByteArray();
  }

  /** Returns where the last token ends that was understood; for JSON, the whole length. */
  private int walk(Visitor visitor) {
    int understood = 0;
    try (JsonParser json = RecordLine.JSON.createParser(payload)) {
      Deque<Level> levels = new ArrayDeque<>();
      levels.push(Level.OUTSIDE);
      String name = null;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (start(json) < 0) { // UTF-16, which Jackson reads, and the platform does not write.
          return 0;
        } else if (token == JsonToken.FIELD_NAME) {
          name = json.currentName();
          continue;
        } else if (token.isStructStart()) {
          levels.push(new Level(start(json), meaning(levels.element(), name)));
        } else if (token.isStructEnd()) {
          levels.pop();
        } else {
          json.finishToken();
          visitor.scalar(json, levels.element(), name);
        }
        name = null;
        understood = end(json);
      }
      return payload.length;
    } catch (IOException e) { // Not JSON, from somewhere behind the last token.
      broken = true;
      return understood;
    }
  }

  private static int start(JsonParser json) {
    return (int) json.currentTokenLocation().getByteOffset();
  }

  private static int end(JsonParser json) {
    return (int) json.currentLocation().getByteOffset();
  }

  private FieldMeaning meaning(Level level, @Nullable String name) {
    FieldMeaning own = name == null ? FieldMeaning.OTHER : FieldMeaning.of(name);
    if (own == FieldMeaning.OTHER && VALUE.equals(name)) {
      own = channels.getOrDefault(level.start(), broken ? FieldMeaning.PLACE : FieldMeaning.OTHER);
    }
    return own == FieldMeaning.OTHER ? level.meaning() : own;
  }

  private void noteChannel(JsonParser json, Level level, @Nullable String name) throws IOException {
    if (CHANNEL.equals(name)) {
      channels.put(level.start(), FieldMeaning.of(json.getText()));
    }
  }

  private void replace(JsonParser json, Level level, @Nullable String name) throws IOException {
    String text = json.getText();
    FieldMeaning meaning = text.equals(deviceId) ? FieldMeaning.ID : meaning(level, name);
    if (meaning == FieldMeaning.OTHER || CHANNEL.equals(name)) {
      return;
    }
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      replace(json, '"' + redacted(text, meaning) + '"');
    } else if (token.isNumeric() && !isZero(text)) {
      boolean whole = token == JsonToken.VALUE_NUMBER_INT;
      replace(json, hash.number(text, limit(meaning), whole));
    }
  }

  private void replace(JsonParser json, String replacement) {
    copy(start(json));
    out.writeBytes(replacement.getBytes(UTF_8));
    copied = end(json);
  }

  private void copy(int to) {
    out.write(payload, copied, to - copied);
    copied = to;
  }

  private String redacted(String text, FieldMeaning meaning) {
    if (meaning != FieldMeaning.RAW) {
      return hash.id(text);
    }
    String prefix = text.startsWith("0x") ? "0x" : "";
    return prefix + hash.digits(text, text.length() - prefix.length());
  }

  private static int limit(FieldMeaning meaning) {
    return switch (meaning) {
      case LATITUDE, PLACE -> 90;
      case LONGITUDE -> 180;
      case ID, RAW, OTHER -> Integer.MAX_VALUE;
    };
  }

  private static boolean isZero(String number) {
    return number.matches("-?0(?:\\.0*)?(?:[eE].*)?");
  }
}
