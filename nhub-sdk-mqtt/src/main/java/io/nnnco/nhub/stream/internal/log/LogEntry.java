package io.nnnco.nhub.stream.internal.log;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line for the log: a text that says everything, and its parts again as fields, for programs
 * that read logs. Text from elsewhere must have passed {@code ForeignText}. Not thread-safe.
 */
final class LogEntry {
  private final LogLine line;
  private final String text;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private @Nullable Throwable cause;

  LogEntry(LogLine line, String text) {
    this.line = line;
    this.text = text;
  }

  /** Adds a field. */
  LogEntry with(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  /** Adds a duration in milliseconds. */
  LogEntry with(String field, Duration duration) {
    return with(field, (Object) duration.toMillis());
  }

  /** Adds the stack trace. */
  LogEntry causedBy(Throwable thrown) {
    cause = thrown;
    return this;
  }

  LogLine line() {
    return line;
  }

  String text() {
    return text;
  }

  Map<String, Object> fields() {
    return fields;
  }

  @Nullable Throwable cause() {
    return cause;
  }
}
