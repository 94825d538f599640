package io.nnnco.nhub.testkit.internal.api;

import java.util.List;
import java.util.Map;

/** A refused request; carries its response, in the wording of Django REST Framework. */
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Never serialized: it does not leave the server. */
  private final transient ServerResponse response;

  private Rejection(ServerResponse response) {
    super(response.body(), null, false, false);
    this.response = response;
  }

  static Rejection detail(int status, String detail) {
    return new Rejection(ServerResponse.json(status, Map.of("detail", detail)));
  }

  /** 401: no caller, or an unknown one. */
  static Rejection unauthenticated(String detail) {
    String body = ServerResponse.json(401, Map.of("detail", detail)).body();
    return new Rejection(new ServerResponse(401, Map.of("WWW-Authenticate", "Bearer"), body));
  }

  static Rejection notFound() {
    return detail(404, "Not found.");
  }

  /** 400 on several fields. */
  static Rejection fields(Map<String, List<String>> flaws) {
    return new Rejection(ServerResponse.json(400, flaws));
  }

  static Rejection methodNotAllowed(String method) {
    return detail(405, "Method \"" + method + "\" not allowed.");
  }

  /** 400 on one field (R2 in docs/bridge.md). */
  static Rejection field(String field, String message) {
    return new Rejection(ServerResponse.json(400, Map.of(field, List.of(message))));
  }

  ServerResponse response() {
    return response;
  }
}
