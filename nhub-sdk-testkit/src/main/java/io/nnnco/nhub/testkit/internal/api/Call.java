package io.nnnco.nhub.testkit.internal.api;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, apart from the HTTP server that read it.
 *
 * @param method such as {@code POST}
 * @param path the path, without the query
 * @param query the query as sent, or null
 * @param headers by lower-case name; if there are several of one name, the last
 * @param body the body as text
 * @param utf8 whether it is text; if not, {@code body} has replacement characters
 * @param origin scheme, host and port as the client knows them
 */
record Call(
    String method,
    String path,
    @Nullable String query,
    Map<String, String> headers,
    String body,
    boolean utf8,
    String origin) {

  String header(String name, String missing) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), missing);
  }

  @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}
