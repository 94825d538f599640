package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the machine orders, in this sequence. */
public sealed interface ConnectionEffect {
  /** Open a new connection under this id. */
  record Open(int connectionId, boolean cleanStart) implements ConnectionEffect {}

  /** Open a second connection with the new credentials, while the current one continues. */
  record OpenBeside(int connectionId) implements ConnectionEffect {}

  /** The new credentials are the current ones from now on. */
  record AdoptCredentials() implements ConnectionEffect {}

  /** The new credentials were refused. */
  record DropCredentials() implements ConnectionEffect {}

  /** Close a connection at once, without a DISCONNECT. */
  record Abort(int connectionId) implements ConnectionEffect {}

  /** Send a DISCONNECT and close a connection. */
  record Disconnect(int connectionId, boolean endSession) implements ConnectionEffect {}

  /** Stop reading, and report {@code Drained} when handlers have finished. */
  record Drain() implements ConnectionEffect {}

  /** Report the timer after this time, unless it is set again or cancelled. */
  record SetTimer(ConnectionEvent.Timer timer, int connectionId, Duration after)
      implements ConnectionEffect {}

  /** Forget the timer. */
  record CancelTimer(ConnectionEvent.Timer timer) implements ConnectionEffect {}

  /** Tell the listener. */
  record Emit(SubscriptionEvent event) implements ConnectionEffect {}

  /** The end; the last effect. */
  record Finish(@Nullable NHubException cause) implements ConnectionEffect {}
}
