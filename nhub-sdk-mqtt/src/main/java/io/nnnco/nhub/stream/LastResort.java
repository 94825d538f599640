package io.nnnco.nhub.stream;

import java.util.Objects;

/** What happens to a message that is given up, as {@link FailurePolicy} says. */
public sealed interface LastResort {
  /** The message is logged as an error, without its payload, acknowledged and discarded. */
  LastResort SKIP = new Skip();

  /** The subscription ends, and the message stays with the bridge. */
  LastResort STOP = new Stop();

  /** The message is logged as an error, without its payload, acknowledged and discarded. */
  record Skip() implements LastResort {
    @Override
    public String toString() {
      return "skip";
    }
  }

  /** The subscription ends, and the message stays with the bridge. */
  record Stop() implements LastResort {
    @Override
    public String toString() {
      return "stop";
    }
  }

  /**
   * A handler of yours gets the message, which is acknowledged when that handler has returned.
   *
   * @param handler gets the message with its bytes
   */
  record HandOver(FailureHandler handler) implements LastResort {
    /**
     * Checks that the handler is there.
     *
     * @param handler gets the message with its bytes
     */
    public HandOver {
      Objects.requireNonNull(handler, "handler");
    }

    @Override
    public String toString() {
      return "hand over";
    }
  }
}
