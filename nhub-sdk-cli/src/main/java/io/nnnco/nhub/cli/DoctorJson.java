package io.nnnco.nhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;

/** A diagnosis for programs, on one line; {@code verdict} is null if all is well. */
final class DoctorJson {
  private static final JsonFactory JSON = new JsonFactory();

  private DoctorJson() {}

  static String of(Diagnosis diagnosis) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("status", name(diagnosis.status()));
      json.writeStringField(
          "verdict", diagnosis.verdict().map(finding -> finding.code().id()).orElse(null));
      json.writeStringField("at", diagnosis.at().toString());
      json.writeNumberField("took_ms", diagnosis.took().toMillis());
      json.writeStringField("bridge", diagnosis.bridge());
      json.writeArrayFieldStart("topic_filters");
      for (String filter : diagnosis.topicFilters()) {
        json.writeString(filter);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("findings");
      for (Finding finding : diagnosis.findings()) {
        write(finding, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("step", name(finding.step()));
    json.writeStringField("code", finding.code().id());
    json.writeStringField("status", name(finding.status()));
    json.writeStringField("error", finding.code().error().map(ErrorCode::id).orElse(null));
    json.writeStringField("evidence", finding.evidence());
    json.writeStringField("cause", finding.cause());
    json.writeStringField("fix", finding.fix());
    json.writeEndObject();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
