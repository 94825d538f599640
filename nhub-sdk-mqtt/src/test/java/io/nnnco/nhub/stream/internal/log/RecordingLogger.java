package io.nnnco.nhub.stream.internal.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.spi.LoggingEventAware;

/** A logger that keeps fields apart from texts, as Logback's does, and remembers both. */
public final class RecordingLogger extends TalkativeLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1L;

  private final transient List<Line> lines = new ArrayList<>();

  /** What was written. */
  public record Line(
      Level level, String text, Map<String, Object> fields, @Nullable Throwable thrown) {
    @Override
    public String toString() {
      return level + " " + text;
    }
  }

  /** All lines so far. */
  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** All lines so far, level and text. */
  public List<String> texts() {
    return lines().stream().map(Line::toString).toList();
  }

  @Override
  public synchronized void log(LoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair each : event.getKeyValuePairs()) {
        fields.put(each.key, each.value);
      }
    }
    lines.add(new Line(event.getLevel(), event.getMessage(), fields, event.getThrowable()));
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    throw new AssertionError("Not written with the fluent API: " + message);
  }
}
