package io.nnnco.nhub.stream.metrics;

import io.nnnco.nhub.stream.SubscribeOptions;

/** How a handler call ended. */
public enum HandlerOutcome {
  /** The handler returned, or its stage completed, normally. */
  SUCCESS,
  /** The handler threw, or its stage completed exceptionally. */
  FAILURE,
  /** The handler took longer than {@link SubscribeOptions#handlerDeadline()}. */
  TIMEOUT
}
