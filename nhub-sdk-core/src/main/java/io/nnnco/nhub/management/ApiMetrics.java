package io.nnnco.nhub.management;

/**
 * Measures the requests of a management client, for a metrics library.
 *
 * <p>Called on the threads of the calls, several at a time: an implementation must be thread-safe
 * and return at once. What it throws is logged once, and has no other effect.
 *
 * @see Management#measure
 */
@FunctionalInterface
public interface ApiMetrics {
  /**
   * A request ended: with a response, whatever its status, or without one. A call that is retried
   * makes several; one that sends nothing, because the client is closed or the token unusable,
   * makes none.
   *
   * @param attempt the request and how it ended
   */
  void attempted(ApiAttempt attempt);
}
