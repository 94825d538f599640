package io.nnnco.nhub.management.internal;

/** The addresses of the API, with a placeholder for each id. */
enum Endpoint {
  USERS("/users"),
  CERTIFICATES("/mqtt-certificates"),
  REVOCATION("/mqtt-certificates/{id}/revoke");

  static final String ID = "{id}";

  private final String template;

  Endpoint(String template) {
    this.template = template;
  }

  /** Such as {@code /mqtt-certificates/{id}/revoke}. */
  String template() {
    return template;
  }

  String[] segments() {
    return template.substring(1).split("/", -1);
  }
}
