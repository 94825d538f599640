package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What answers in the place of the proxy does not speak as a proxy of its kind does. */
public final class ProxyProtocolException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ProxyProtocolException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.PROXY_PROTOCOL, phase, problem, cause);
  }
}
