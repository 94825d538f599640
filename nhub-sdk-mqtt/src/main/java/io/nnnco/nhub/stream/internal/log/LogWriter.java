package io.nnnco.nhub.stream.internal.log;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.spi.DefaultLoggingEventBuilder;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes entries with SLF4J. Their fields go to logging libraries that keep them apart from the
 * text, such as Logback; for others SLF4J would write them in front of it, where they say
 * everything twice. With an SLF4J older than 2.0, which has no fields, the text remains. Nothing
 * that a logging library does can harm the subscription. Thread-safe.
 */
final class LogWriter {
  private final Logger log;
  private final String prefix;

  LogWriter(Logger log, String prefix) {
    this.log = log;
    this.prefix = prefix;
  }

  void write(LogEntry entry) {
    try {
      writeWithFields(entry);
    } catch (LinkageError e) {
      writeText(entry);
    } catch (RuntimeException e) {
      // There is nowhere left to say so.
    }
  }

  private void writeWithFields(LogEntry entry) {
    LoggingEventBuilder event = log.atLevel(entry.line().level());
    if (log instanceof LoggingEventAware || !(event instanceof DefaultLoggingEventBuilder)) {
      event = event.addKeyValue("nhub.event", entry.line().id());
      for (Map.Entry<String, Object> field : entry.fields().entrySet()) {
        event = event.addKeyValue(field.getKey(), field.getValue());
      }
    }
    event.setCause(entry.cause()).log(prefix + entry.text());
  }

  private void writeText(LogEntry entry) {
    String text = prefix + entry.text();
    try {
      switch (entry.line().level()) {
        case ERROR -> log.error(text, entry.cause());
        case WARN -> log.warn(text, entry.cause());
        case INFO -> log.info(text, entry.cause());
        case DEBUG -> log.debug(text, entry.cause());
        case TRACE -> log.trace(text, entry.cause());
      }
    } catch (RuntimeException e) {
      // As above.
    }
  }
}
