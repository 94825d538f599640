package io.nnnco.nhub.testkit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the management API, and its response.
 *
 * @param at when the response was sent
 * @param method such as {@code POST}
 * @param path the path, such as {@code /api/v4/manage/users/}
 * @param query the query as sent, without its question mark, or null
 * @param headers by lower-case name; if there are several of one name, the last
 * @param body the body as text; empty if there was none
 * @param status the status of the response; 0 if a fault suppressed it
 */
public record RequestRecord(
    Instant at,
    String method,
    String path,
    @Nullable String query,
    Map<String, String> headers,
    String body,
    int status) {
  /**
   * Copies the headers.
   *
   * @param at when the response was sent
   * @param method such as {@code POST}
   * @param path the path
   * @param query the query as sent, or null
   * @param headers by lower-case name
   * @param body the body as text
   * @param status the status of the response
   */
  public RequestRecord {
    headers = Map.copyOf(headers);
  }

  /**
   * Returns a header.
   *
   * @param name its name in any case
   * @return its value, or null
   */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** Without headers, because one of them is the token. */
  @Override
  public String toString() {
    return "RequestRecord["
        + at
        + " "
        + method
        + " "
        + path
        + (query == null ? "" : "?" + query)
        + " -> "
        + (status == 0 ? "no response" : status)
        + (body.isEmpty() ? "" : ", body " + body)
        + "]";
  }
}
