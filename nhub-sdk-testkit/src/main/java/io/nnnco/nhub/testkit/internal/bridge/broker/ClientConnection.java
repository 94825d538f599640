package io.nnnco.nhub.testkit.internal.bridge.broker;

import io.nnnco.nhub.testkit.DisconnectRecord.Cause;

/** A session's connection, as the broker sees it. */
public interface ClientConnection {
  /**
   * Whether it accepts more now. After it has returned false, it calls {@link Session#deliver()}
   * once it accepts more.
   */
  boolean writable();

  /**
   * Writes a PUBLISH. May end the connection, before or after.
   *
   * @return whether it was written
   */
  boolean send(Outgoing outgoing);

  /** Writes a PUBREL. */
  void release(Outgoing outgoing);

  /**
   * Ends the connection from the broker's side. Calls {@link Broker#disconnected} before it
   * returns.
   */
  void end(Cause cause, int reasonCode, String reason);
}
