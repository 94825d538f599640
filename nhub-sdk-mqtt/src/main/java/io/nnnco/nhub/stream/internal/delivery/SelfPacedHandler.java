package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import org.jspecify.annotations.Nullable;

/**
 * A handler whose messages wait for a consumer that asks for them. The handler's deadline does not
 * hold for it: a consumer that takes its time is back-pressure, not a failure. It is called by one
 * worker at a time, in the order in which messages arrive, as a consumer takes them one by one: one
 * that overtook another would wait for its acknowledgement.
 */
public interface SelfPacedHandler extends AsyncMessageHandler {
  /**
   * The subscription has ended. Called while the worker threads are still there, and before anybody
   * who waits for the end hears of it; must not block. May be called again.
   *
   * @param cause the terminal error, or null after {@code close()}
   */
  void ended(@Nullable NHubException cause);

  /** The stage that {@code handle} has just returned is heard from now on. */
  default void begun() {}
}
