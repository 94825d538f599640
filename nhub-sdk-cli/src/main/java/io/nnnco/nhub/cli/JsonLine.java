package io.nnnco.nhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A JSON object on one line, field by field, for programs such as jq. */
final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  private final StringWriter text = new StringWriter();
  private final JsonGenerator json;

  JsonLine() throws IOException {
    json = JSON.createGenerator(text);
    json.writeStartObject();
  }

  JsonLine with(String name, @Nullable String value) throws IOException {
    json.writeStringField(name, value);
    return this;
  }

  JsonLine with(String name, @Nullable Instant value) throws IOException {
    return with(name, value == null ? null : value.toString());
  }

  JsonLine with(String name, long value) throws IOException {
    json.writeNumberField(name, value);
    return this;
  }

  JsonLine with(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
    return this;
  }

  /** Ends the object. */
  String end() throws IOException {
    json.writeEndObject();
    json.close();
    return text.toString();
  }
}
