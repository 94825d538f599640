package io.nnnco.nhub.testkit.internal.api;

import java.util.Arrays;
import java.util.Locale;

/** The only media type that the API reads and writes, and how headers name it. */
final class MediaType {
  static final String JSON = "application/json";

  private MediaType() {}

  /** Whether the value of a Content-Type, or one of an Accept, stands for JSON. */
  static boolean isJson(String value) {
    String[] parts = value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).split("/", -1);
    return parts.length == 2
        && (parts[0].equals("*") || parts[0].equals("application"))
        && (parts[1].equals("*") || parts[1].equals("json"));
  }

  /** Whether a client accepts JSON. */
  static boolean accepts(String accept) {
    return Arrays.stream(accept.split(",", -1)).anyMatch(MediaType::isJson);
  }
}
