package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to connect failed inside this program, before or beside any trouble of the network: a
 * defect, an address that cannot be one, or no memory left.
 */
public final class LocalFailureException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what was thrown, or null
   */
  public LocalFailureException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.LOCAL_FAILURE, phase, problem, cause);
  }
}
