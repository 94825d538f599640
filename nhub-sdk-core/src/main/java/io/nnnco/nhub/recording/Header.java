package io.nnnco.nhub.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nnnco.nhub.core.CoreErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a recording.
 *
 * @param redaction what identifies the key of its redaction; null if it is not redacted
 */
record Header(@Nullable String redaction) {
  private static final String FORMAT = "nhub-recording";
  private static final int VERSION = 1;

  /** Each recording begins so. */
  private static final byte[] BEGINNING = ("{\"format\":\"" + FORMAT + "\"").getBytes(US_ASCII);

  /** Whether these bytes are the beginning of a header that was not written to its end. */
  static boolean isCut(byte[] bytes, int length) {
    for (int i = 0; i < Math.min(length, BEGINNING.length); i++) {
      if (bytes[i] != BEGINNING[i]) {
        return false;
      }
    }
    return true;
  }

  /** The line, with its line feed. */
  byte[] line(Instant createdAt) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = RecordLine.JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", VERSION);
      json.writeStringField("created_at", createdAt.toString());
      if (redaction != null) {
        json.writeStringField("redaction", redaction);
      }
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  /** Reads a line, whether or not it is a header. */
  static Header parse(Path path, byte[] bytes, int offset, int length) {
    String format = null;
    String redaction = null;
    int version = 0;
    try (JsonParser json = RecordLine.JSON.createParser(bytes, offset, length)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          JsonToken value = json.nextToken();
          if (name.equals("format")) {
            format = json.getText();
          } else if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
            version = json.getIntValue();
          } else if (name.equals("redaction")) {
            redaction = json.getText();
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      throw noRecording(path, e);
    }
    if (!FORMAT.equals(format) || version < 1) {
      throw noRecording(path, null);
    }
    if (version > VERSION) {
      throw new RecordingException(
          CoreErrorCode.RECORDING_NEWER,
          path
              + " was written by a newer version of the SDK: its format is version "
              + version
              + ", and this SDK reads up to version "
              + VERSION
              + ".",
          null);
    }
    return new Header(redaction);
  }

  static RecordingException noRecording(Path path, @Nullable IOException cause) {
    return new RecordingException(
        CoreErrorCode.RECORDING_UNUSABLE,
        path + " is no recording: its first line is not the header of one.",
        cause);
  }
}
