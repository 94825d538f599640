package io.nnnco.nhub.stream;

/**
 * Hears what happens to a subscription, for logs and metrics. Called on a worker thread, one event
 * at a time and in order; what it throws is logged and goes no further.
 */
@FunctionalInterface
public interface StreamListener {
  /**
   * Hears one event.
   *
   * @param event what happened; more kinds may come, so keep a default branch
   */
  void onEvent(StreamEvent event);
}
