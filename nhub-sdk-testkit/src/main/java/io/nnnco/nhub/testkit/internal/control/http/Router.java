package io.nnnco.nhub.testkit.internal.control.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. */
final class Router {
  private final String base;
  private final List<Route> routes;

  Router(String base, List<Route> routes) {
    this.base = base;
    this.routes = List.copyOf(routes);
  }

  /** A route, and the values in the path. */
  record Match(Route route, List<String> variables) {}

  /** The segments below the version, decoded; null if it is not below it. */
  private @Nullable List<String> segments(String rawPath) {
    if (!rawPath.equals(base) && !rawPath.startsWith(base + "/")) {
      return null;
    }
    String below = rawPath.substring(base.length()).replaceAll("^/|/$", "");
    return below.isEmpty()
        ? List.of()
        : Arrays.stream(below.split("/", -1))
            .map(part -> decode(part.replace("+", "%2B")))
            .toList();
  }

  /** The route that needs no token, or null. */
  @Nullable Match open(String method, String rawPath) {
    return matches(rawPath).stream()
        .filter(match -> match.route().open() && match.route().method().equals(method))
        .findFirst()
        .orElse(null);
  }

  /** The route of a request. */
  Match find(String method, String rawPath) {
    List<Match> matches = matches(rawPath);
    if (matches.isEmpty()) {
      throw Problem.of(
          404,
          "There is nothing at " + rawPath + ". " + base + "/openapi.json says what there is.");
    }
    return matches.stream()
        .filter(match -> match.route().method().equals(method))
        .findFirst()
        .orElseThrow(() -> wrongMethod(method, rawPath, matches));
  }

  private static Problem wrongMethod(String method, String rawPath, List<Match> matches) {
    String allowed =
        matches.stream()
            .map(match -> match.route().method())
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    return Problem.of(
        405, rawPath + " has no " + method + ", only " + allowed + ".", "Allow", allowed);
  }

  private List<Match> matches(String rawPath) {
    List<String> segments = segments(rawPath);
    return segments == null
        ? List.of()
        : routes.stream()
            .flatMap(
                route ->
                    Stream.ofNullable(route.match(segments))
                        .map(values -> new Match(route, values)))
            .toList();
  }

  /** The parameters of a query; a route refuses those that it does not know. */
  static Map<String, String> query(Route route, @Nullable String rawQuery) {
    Map<String, String> query = new LinkedHashMap<>();
    if (rawQuery != null && !rawQuery.isEmpty()) {
      for (String pair : rawQuery.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    Set<String> known =
        route.query().stream().map(Parameter::name).collect(Collectors.toCollection(TreeSet::new));
    query.keySet().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "There is no parameter "
                      + name
                      + "; there are: "
                      + (known.isEmpty() ? "none" : String.join(", ", known))
                      + ".");
            });
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
