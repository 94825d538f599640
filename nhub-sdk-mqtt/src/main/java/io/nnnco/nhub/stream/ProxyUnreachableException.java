package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The proxy has no address, or nothing accepts connections there. */
public final class ProxyUnreachableException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ProxyUnreachableException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.PROXY_UNREACHABLE, phase, problem, cause);
  }
}
