package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/**
 * The connection could not be established, or broke: DNS, TCP, deadlines, keep-alive, a violation
 * of MQTT, or a failure inside this program. {@link #code()} says which.
 */
public final class ConnectionException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param phase how far the connection had got
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ConnectionException(
      StreamErrorCode code, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(code, phase, problem, cause);
  }

  /**
   * Made by the SDK, with more specific advice than the code's.
   *
   * @param code which one
   * @param phase how far the connection had got
   * @param problem what happened, a sentence
   * @param advice what to do about it, instead of the code's advice
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
