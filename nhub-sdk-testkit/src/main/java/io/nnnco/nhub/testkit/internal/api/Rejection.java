package io.nnnco.nhub.testkit.internal.api;

import java.util.List;
import java.util.Map;

/** A refused request; carries its response, in the wording of Django REST Framework. */
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Never serialized: it does not leave the server. */
  private final transient Answer answer;

  private Rejection(Answer answer) {
    super(answer.body(), null, false, false);
    this.answer = answer;
  }

  static Rejection detail(int status, String detail) {
    return new Rejection(Answer.json(status, Map.of("detail", detail)));
  }

  /** 401: no caller, or an unknown one. */
  static Rejection unauthenticated(String detail) {
    String body = Answer.json(401, Map.of("detail", detail)).body();
    return new Rejection(new Answer(401, Map.of("WWW-Authenticate", "Bearer"), body));
  }

  static Rejection notFound() {
    return detail(404, "Not found.");
  }

  static Rejection methodNotAllowed(String method) {
    return detail(405, "Method \"" + method + "\" not allowed.");
  }

  /** 400 on one field (rule R2). */
  static Rejection field(String field, String message) {
    return new Rejection(Answer.json(400, Map.of(field, List.of(message))));
  }

  Answer answer() {
    return answer;
  }
}
