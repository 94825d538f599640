package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the machine wants done, in this order. */
public sealed interface ConnectionEffect {
  /** Open a new connection under this id. */
  record Open(int connectionId, boolean cleanStart) implements ConnectionEffect {}

  /** Open a second connection with the new credentials, while the current one goes on. */
  record OpenBeside(int connectionId) implements ConnectionEffect {}

  /** The new credentials are the current ones from here on. */
  record AdoptCredentials() implements ConnectionEffect {}

  /** The new credentials are of no use. */
  record DropCredentials() implements ConnectionEffect {}

  /** Close a connection at once, without a word. */
  record Abort(int connectionId) implements ConnectionEffect {}

  /** Say goodbye and close a connection. */
  record Disconnect(int connectionId, boolean endSession) implements ConnectionEffect {}

  /** Stop reading, and report {@code Drained} when handlers have finished. */
  record Drain() implements ConnectionEffect {}

  /** Report the timer after this time, unless it is set anew or cancelled. */
  record SetTimer(ConnectionEvent.Timer timer, int connectionId, Duration after)
      implements ConnectionEffect {}

  /** Forget the timer. */
  record CancelTimer(ConnectionEvent.Timer timer) implements ConnectionEffect {}

  /** Tell the listener. */
  record Emit(SubscriptionEvent event) implements ConnectionEffect {}

  /** The end; the last effect there is. */
  record Finish(@Nullable NHubException cause) implements ConnectionEffect {}
}
