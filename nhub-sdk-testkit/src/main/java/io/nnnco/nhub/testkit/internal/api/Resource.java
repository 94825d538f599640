package io.nnnco.nhub.testkit.internal.api;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a path of the API names, and the methods that it has. */
enum Resource {
  USERS("User List", "users/", "POST"),
  CERTIFICATES("Mqtt Certificate List", "mqtt-certificates/", "GET", "POST", "HEAD"),
  REVOCATION("Revoke", "mqtt-certificates/([^/.]+)/revoke/", "POST");

  private final String title;
  private final Pattern path;
  private final String methods;

  Resource(String title, String path, String... methods) {
    this.title = title;
    this.path = Pattern.compile(ManagementApi.BASE + path);
    this.methods = String.join(", ", methods);
  }

  /** What a path names, or null. */
  static @Nullable Resource of(String path) {
    for (Resource resource : values()) {
      if (resource.path.matcher(path).matches()) {
        return resource;
      }
    }
    return null;
  }

  boolean has(String method) {
    return List.of(methods.split(", ")).contains(method);
  }

  /** The value of the header {@code Allow}. */
  String allowed() {
    return methods + ", OPTIONS";
  }

  /** The part of the path that names one object. */
  String id(String ofPath) {
    Matcher matcher = path.matcher(ofPath);
    return matcher.matches() && matcher.groupCount() > 0 ? matcher.group(1) : "";
  }

  /** The response to OPTIONS. */
  Map<String, Object> description() {
    return Map.of(
        "name",
        title,
        "description",
        "",
        "renders",
        List.of(MediaType.JSON),
        "parses",
        List.of(MediaType.JSON));
  }
}
