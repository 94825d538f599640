package io.nnnco.nhub.stream.internal.log;

import java.util.Locale;
import org.slf4j.event.Level;

/** The lines that a subscription writes to the log; {@code docs/logs.md} explains each. */
enum LogLine {
  CONNECTED(Level.INFO),
  CONNECTION_LOST(Level.WARN),
  CONNECT_FAILED(Level.WARN),
  DISCONNECTS_REPEATED(Level.WARN),
  SESSION_LOST(Level.WARN),
  SESSION_TERMS(Level.WARN),
  PROTOCOL_FALLBACK(Level.INFO),
  FORMER_FILTERS_DROPPED(Level.INFO),
  CREDENTIALS_REPLACED(Level.INFO),
  CREDENTIALS_REFUSED(Level.WARN),
  CREDENTIALS_AWAITED(Level.ERROR),
  CREDENTIALS_UNUSABLE(Level.WARN),
  CERTIFICATE_EXPIRES(Level.WARN),
  RENEWAL_FAILED(Level.WARN),
  FORMER_CERTIFICATE_REVOKED(Level.INFO),
  CERTIFICATE_REVOKED_FOR_ROOM(Level.WARN),
  SILENT(Level.WARN),
  TIMESTAMP_UNIT_SUSPECTED(Level.WARN),
  GAP(Level.WARN),
  GAPS_REPEATED(Level.WARN),
  HANDLER_FAILED(Level.WARN),
  HANDLER_FAILURES_REPEATED(Level.WARN),
  HANDLER_OUTAGE_BEGAN(Level.WARN),
  HANDLER_OUTAGE_ENDED(Level.INFO),
  MESSAGE_DISCARDED(Level.ERROR),
  MESSAGE_HANDED_OVER(Level.WARN),
  MESSAGES_HANDED_OVER(Level.WARN),
  CLOSED(Level.INFO),
  ENDED(Level.ERROR);

  private final Level level;

  LogLine(Level level) {
    this.level = level;
  }

  Level level() {
    return level;
  }

  /** The name that a line carries as the field {@code nhub.event}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
