package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/**
 * The proxy cannot be reached, requires a login, refuses the tunnel, or is no proxy. {@link
 * #code()} says which.
 */
public final class ProxyException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param phase how far the connection had got
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ProxyException(
      StreamErrorCode code, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(code, phase, problem, cause);
  }
}
