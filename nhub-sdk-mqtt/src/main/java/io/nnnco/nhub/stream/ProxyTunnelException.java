package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The proxy could not reach the bridge (such as HTTP 502 and 504). */
public final class ProxyTunnelException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ProxyTunnelException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.PROXY_TUNNEL, phase, problem, cause);
  }
}
