package io.nnnco.nhub.management.internal;

import java.util.List;
import java.util.Map;

/**
 * The content of an error's body: a sentence to add to the message, and the messages of each field.
 */
record ErrorBody(String said, Map<String, List<String>> fieldErrors) {
  static final ErrorBody NOTHING = new ErrorBody("", Map.of());
}
