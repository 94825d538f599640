package io.nnnco.nhub.testkit.internal.api;

import io.nnnco.nhub.testkit.internal.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response, before the HTTP server writes it.
 *
 * @param status such as 201
 * @param headers in addition to the content type
 * @param body JSON
 */
record ServerResponse(int status, Map<String, String> headers, String body) {
  /** The same with another header. */
  ServerResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ServerResponse(status, more, body);
  }

  static ServerResponse json(int status, Object body) {
    return new ServerResponse(status, Map.of(), JsonWriter.of(body));
  }
}
