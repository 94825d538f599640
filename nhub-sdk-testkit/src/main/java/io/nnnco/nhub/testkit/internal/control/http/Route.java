package io.nnnco.nhub.testkit.internal.control.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operation: where it is, what it takes and gives, and what does it. The router and the OpenAPI
 * document are made of the same routes.
 *
 * @param method such as {@code GET}
 * @param path the path below the version, with names in braces
 * @param name the operation's id in the document, unique
 * @param summary what it does, in one line
 * @param query its parameters
 * @param body the schema of its body, or null for none
 * @param status the status if all goes well
 * @param answer the schema of the response, or null for none
 * @param type the media type of the response
 * @param open whether it needs no token
 * @param handler does it
 */
public record Route(
    String method,
    String path,
    String name,
    String summary,
    List<Parameter> query,
    @Nullable Map<String, Object> body,
    int status,
    @Nullable Map<String, Object> answer,
    String type,
    boolean open,
    Function<Request, Reply> handler) {

  /** A route that takes and gives nothing, until its other methods say more. */
  public static Route of(
      String method, String path, String name, String summary, Function<Request, Reply> handler) {
    return new Route(
        method,
        path,
        name,
        summary,
        List.of(),
        null,
        204,
        null,
        "application/json",
        false,
        handler);
  }

  /** Takes a body of this schema. */
  public Route takes(Map<String, Object> schema) {
    return new Route(
        method, path, name, summary, query, schema, status, answer, type, open, handler);
  }

  /** Takes these parameters in its query. */
  public Route asks(Parameter... parameters) {
    return new Route(
        method,
        path,
        name,
        summary,
        List.of(parameters),
        body,
        status,
        answer,
        type,
        open,
        handler);
  }

  /** Gives JSON of this schema. */
  public Route gives(int goodStatus, Map<String, Object> schema) {
    return new Route(
        method, path, name, summary, query, body, goodStatus, schema, type, open, handler);
  }

  /** Gives text of this media type. */
  public Route gives(String mediaType) {
    return new Route(
        method,
        path,
        name,
        summary,
        query,
        body,
        200,
        Map.of("type", "string"),
        mediaType,
        open,
        handler);
  }

  /** Needs no token. */
  public Route openToAll() {
    return new Route(method, path, name, summary, query, body, status, answer, type, true, handler);
  }

  /** The names in its path, in order. */
  public List<String> variables() {
    return Arrays.stream(segments(path)).filter(Route::variable).map(Route::bare).toList();
  }

  /** The values of its path's variables if it is this path; null if it is not. */
  @Nullable List<String> match(List<String> segments) {
    String[] own = segments(path);
    if (own.length != segments.size()) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < own.length; i++) {
      if (variable(own[i])) {
        values.add(segments.get(i));
      } else if (!Objects.equals(own[i], segments.get(i))) {
        return null;
      }
    }
    return values;
  }

  private static String[] segments(String path) {
    return path.isEmpty() ? new String[0] : path.substring(1).split("/", -1);
  }

  private static boolean variable(String segment) {
    return segment.startsWith("{");
  }

  private static String bare(String segment) {
    return segment.substring(1, segment.length() - 1);
  }
}
