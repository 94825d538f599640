package io.nnnco.nhub.management;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import org.jspecify.annotations.Nullable;

/**
 * The trust store of this Java runtime, which says whose certificates the management API's server
 * may have, cannot be used. Thrown by {@link ManagementBuilder#build()}; not with an HTTP client of
 * yours.
 */
public final class UnusableTrustStoreException extends NHubException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param problem what happened, a sentence
   * @param cause what the JDK said, or null
   */
  public UnusableTrustStoreException(String problem, @Nullable Throwable cause) {
    super(CoreErrorCode.API_TRUST_STORE, problem, cause);
  }
}
