package io.nnnco.nhub.testkit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the management API, and the answer to it.
 *
 * @param at when it was answered
 * @param method such as {@code POST}
 * @param path the path, such as {@code /api/v4/manage/users/}
 * @param query the query as sent, without its question mark, or null
 * @param headers by lower-case name; the last of several
 * @param body the body as text; empty if there was none
 * @param status the status of the answer; 0 if a fault left it unanswered
 */
public record ApiRequest(
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
   * @param at when it was answered
   * @param method such as {@code POST}
   * @param path the path
   * @param query the query as sent, or null
   * @param headers by lower-case name
   * @param body the body as text
   * @param status the status of the answer
   */
  public ApiRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * A header.
   *
   * @param name its name in any case
   * @return its value, or null
   */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** Without headers, of which one is the token. */
  @Override
  public String toString() {
    return "ApiRequest["
        + at
        + " "
        + method
        + " "
        + path
        + (query == null ? "" : "?" + query)
        + " -> "
        + (status == 0 ? "no answer" : status)
        + (body.isEmpty() ? "" : ", body " + body)
        + "]";
  }
}
