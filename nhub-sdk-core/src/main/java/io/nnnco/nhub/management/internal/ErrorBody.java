package io.nnnco.nhub.management.internal;

import java.util.List;
import java.util.Map;

/** What an error's body says: a sentence to add to the message, and the messages of each field. */
record ErrorBody(String said, Map<String, List<String>> fieldErrors) {
  static final ErrorBody NOTHING = new ErrorBody("", Map.of());
}
