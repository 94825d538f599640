package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The proxy does not let this client through to the bridge (such as HTTP 403). */
public final class ProxyRefusedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ProxyRefusedException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.PROXY_REFUSED, phase, problem, cause);
  }
}
