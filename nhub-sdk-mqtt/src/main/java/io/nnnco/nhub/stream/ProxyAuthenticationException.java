package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The proxy wants to know who comes, and does not take what it was told (HTTP 407). */
public final class ProxyAuthenticationException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ProxyAuthenticationException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.PROXY_AUTHENTICATION, phase, problem, cause);
  }
}
