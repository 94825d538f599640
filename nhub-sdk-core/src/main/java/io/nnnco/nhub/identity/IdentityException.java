package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import org.jspecify.annotations.Nullable;

/**
 * Something is wrong with an identity: its texts, its files, its dates, or the Java runtime. {@link
 * #code()} says what; subclasses carry more.
 */
public class IdentityException extends NHubException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public IdentityException(CoreErrorCode code, String problem, @Nullable Throwable cause) {
    super(code, problem, cause);
  }
}
