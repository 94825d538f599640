package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/**
 * The connection cannot be made, or broke: DNS, TCP, deadlines, keep-alive, a breach of MQTT, or a
 * failure inside this program. {@link #code()} says which.
 */
public final class ConnectionException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ConnectionException(
      StreamErrorCode code, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(code, phase, problem, cause);
  }

  /**
   * Made by the SDK, where it knows better than the code what to do.
   *
   * @param code which one
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param advice what to do about it, in the place of the code's advice
   * @param cause what led to it, or null
   */
  public ConnectionException(
      StreamErrorCode code,
      ConnectionPhase phase,
      String problem,
      String advice,
      @Nullable Throwable cause) {
    super(code, phase, problem, advice, cause);
  }
}
