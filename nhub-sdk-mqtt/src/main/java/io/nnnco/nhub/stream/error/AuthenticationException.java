package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/**
 * The bridge refused the credentials, or there are none. {@link #code()} says which. A revoked
 * certificate has a {@linkplain CertificateRevokedException type of its own}.
 */
public final class AuthenticationException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param phase how far the connection had got
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public AuthenticationException(
      StreamErrorCode code, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(code, phase, problem, cause);
  }
}
