package io.nnnco.nhub.stream.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

class LogWriterTest {
  private static LogEntry entry() {
    return new LogEntry(LogLine.CONNECTED, "connected {} to a host")
        .with("nhub.host", "mqtt.example")
        .with("nhub.port", 8883);
  }

  @Test
  void loggerThatKnowsFields_getsThemBesideTheText() {
    RecordingLogger logger = new RecordingLogger();
    new LogWriter(logger, "nnn.acme: ").write(entry());

    RecordingLogger.Line line = logger.lines().get(0);
    assertEquals("INFO nnn.acme: connected {} to a host", line.toString());
    assertEquals(
        Map.of("nhub.event", "connected", "nhub.host", "mqtt.example", "nhub.port", 8883),
        line.fields());
  }

  @Test
  void loggerThatKnowsNoFields_getsTheTextAlone() {
    PlainLogger logger = new PlainLogger();
    new LogWriter(logger, "nnn.acme: ").write(entry());
    assertEquals(List.of("INFO nnn.acme: connected {} to a host"), logger.texts);
  }

  @Test
  void slf4jBefore2_getsTheTextAlone() {
    PlainLogger logger =
        new PlainLogger() {
          @Override
          public LoggingEventBuilder atLevel(Level level) {
            throw new NoSuchMethodError("org.slf4j.Logger.atLevel");
          }
        };
    new LogWriter(logger, "nnn.acme: ").write(entry());
    assertEquals(List.of("INFO nnn.acme: connected {} to a host"), logger.texts);
  }

  @Test
  void loggerThatThrows_harmsNobody() {
    PlainLogger logger =
        new PlainLogger() {
          @Override
          protected void handleNormalizedLoggingCall(
              Level level,
              @Nullable Marker marker,
              String message,
              Object @Nullable [] arguments,
              @Nullable Throwable thrown) {
            throw new IllegalStateException("The disk is full");
          }
        };
    new LogWriter(logger, "").write(entry());
    assertEquals(List.of(), logger.texts);
  }

  /** As slf4j-simple's: SLF4J would write fields in front of the text. */
  private static class PlainLogger extends TalkativeLogger {
    private static final long serialVersionUID = 1L;

    final transient List<String> texts = new ArrayList<>();

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable thrown) {
      texts.add(level + " " + message);
    }
  }
}
