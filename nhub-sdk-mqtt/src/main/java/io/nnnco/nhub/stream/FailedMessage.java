package io.nnnco.nhub.stream;

import java.util.Objects;

/**
 * A message that could not be handled or decoded.
 *
 * @param delivery the message as it came, with its bytes
 * @param cause why: what the handler threw at the last attempt, or a {@link
 *     io.nnnco.nhub.codec.MalformedMessageException}
 * @param attempts how often the handler was called; 0 where the message could not be decoded
 */
public record FailedMessage(Delivery delivery, Throwable cause, int attempts) {
  /**
   * Checks that delivery and cause are there.
   *
   * @param delivery the message as it came
   * @param cause why it failed
   * @param attempts how often the handler was called
   */
  public FailedMessage {
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(cause, "cause");
  }
}
