package io.nnnco.nhub.stream.internal.transport.paho;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of the log what Paho's sending thread makes of a connection that this side ends: a
 * stack trace at level SEVERE, by chance. Everything else passes: the threads of connections that
 * break, and Paho's other clients in this JVM.
 */
final class PahoLog implements Filter {
  /** Held, because {@code java.util.logging} forgets a logger that nobody holds. */
  private static final Logger SENDER =
      Logger.getLogger("org.eclipse.paho.mqttv5.client.internal.CommsSender");

  /** The connection that the current thread sends on. */
  private static final ThreadLocal<PahoSocket> CONNECTION = new ThreadLocal<>();

  static {
    SENDER.setFilter(new PahoLog(SENDER.getFilter()));
  }

  private final @Nullable Filter others;

  private PahoLog(@Nullable Filter others) {
    this.others = others;
  }

  /** The current thread, which is Paho's, sends on this connection and no other. */
  static void sendsOn(PahoSocket connection) {
    CONNECTION.set(connection);
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    PahoSocket connection = CONNECTION.get();
    return (connection == null || !connection.endsOnPurpose())
        && (others == null || others.isLoggable(record));
  }
}
