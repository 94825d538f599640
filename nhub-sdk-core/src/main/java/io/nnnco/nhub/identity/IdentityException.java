package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import org.jspecify.annotations.Nullable;

/**
 * Something is wrong with an identity: its PEM text, its key, its dates, its files. All of these
 * are found before any connection is made.
 *
 * <p>Each kind is a class of its own in this package, with the data of its case. More kinds may be
 * added. No message contains a key or a password; certificates are public, and are named by their
 * subject.
 */
public abstract class IdentityException extends NHubException {
  private static final long serialVersionUID = 1L;

  IdentityException(ErrorCode code, String problem, @Nullable Throwable cause) {
    super(code, problem, cause);
  }
}
