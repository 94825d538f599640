package io.nnnco.nhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import java.io.IOException;
import java.io.StringWriter;

/**
 * A message for a program: the platform's own object on one line, with its field names, its numbers
 * as written and any fields it adds; then {@code delivery}, which says how it arrived.
 */
final class MessageJson {
  private static final String DELIVERY = "delivery";
  private static final JsonFactory JSON = new JsonFactory();

  private MessageJson() {}

  static String of(DeliveredMessage delivered) throws IOException {
    StringWriter text = new StringWriter(512);
    try (JsonParser parser = JSON.createParser(delivered.delivery().payload());
        JsonGenerator json = JSON.createGenerator(text)) {
      parser.nextToken();
      json.writeStartObject();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(DELIVERY)) {
          parser.skipChildren();
        } else {
          json.writeFieldName(name);
          json.copyCurrentStructureExact(parser);
        }
      }
      write(delivered, json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(DeliveredMessage delivered, JsonGenerator json) throws IOException {
    Delivery delivery = delivered.delivery();
    json.writeObjectFieldStart(DELIVERY);
    json.writeStringField("kind", MessageLine.kind(delivered.message()));
    json.writeStringField("topic", delivery.topic());
    json.writeStringField("enterprise", delivery.enterprise().map(Enterprise::code).orElse(null));
    json.writeNumberField("qos", delivery.qos().level());
    json.writeBooleanField("redelivered", delivery.redelivered());
    json.writeStringField("received_at", delivery.arrivedAt().toString());
    json.writeEndObject();
  }
}
