package io.nnnco.nhub.stream;

/**
 * Hears what happens to a subscription, for logs and metrics. Called on a thread of the SDK that
 * runs no handlers, so that it hears of stuck ones; one event at a time and in order. What it
 * throws is logged and goes no further.
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
