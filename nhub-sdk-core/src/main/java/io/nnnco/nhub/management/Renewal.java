package io.nnnco.nhub.management;

import io.nnnco.nhub.identity.ClientIdentity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt to renew an identity has found and done. Immutable.
 *
 * @param outcome the result
 * @param identity what is now in the directory; null only if {@link Outcome#BUSY}
 * @param revokedIds the own certificates that had to be revoked before, because the API key had 10
 *     active ones; usually empty
 */
public record Renewal(Outcome outcome, @Nullable ClientIdentity identity, List<String> revokedIds) {

  /** The result of an attempt. */
  public enum Outcome {
    /** The certificate is not due; nothing was done. */
    NOT_DUE,
    /** Another certificate is issued and saved. */
    ISSUED,
    /** An earlier attempt had been interrupted; it is finished. */
    RECOVERED,
    /** Another process is renewing in this directory; nothing was done. */
    BUSY
  }

  /**
   * Copies the ids.
   *
   * @param outcome the result
   * @param identity what is now in the directory, or null
   * @param revokedIds the certificates revoked
   */
  public Renewal {
    Objects.requireNonNull(outcome, "outcome");
    revokedIds = List.copyOf(revokedIds);
  }
}
