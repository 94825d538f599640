package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.internal.control.json.RecordWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes entries of journals, without the secrets in them. */
final class Entries {
  private static final String AUTHORIZATION = "authorization";

  private Entries() {}

  /** The fields of an entry, after its number. */
  static Map<String, @Nullable Object> fields(EventLog.Event event) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("number", event.number());
    fields.putAll(RecordWriter.fields(shown(event.value())));
    return fields;
  }

  private static Object shown(Object entry) {
    if (entry instanceof PublishedMessage.Dated message) {
      return PublishedMessage.of(message);
    }
    return entry instanceof RequestRecord request ? withoutToken(request) : entry;
  }

  private static RequestRecord withoutToken(RequestRecord request) {
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.computeIfPresent(AUTHORIZATION, (name, value) -> "(not shown)");
    return new RequestRecord(
        request.at(),
        request.method(),
        request.path(),
        request.query(),
        headers,
        request.body(),
        request.status());
  }
}
