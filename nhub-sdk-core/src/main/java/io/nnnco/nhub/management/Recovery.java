package io.nnnco.nhub.management;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Certificates#recover} found and did. Immutable.
 *
 * @param outcome the result
 * @param certificateId the id of the certificate that is now in the directory, or null if there was
 *     nothing to recover
 * @param revokedIds the certificates that were lost and are now revoked; empty if there were none
 */
public record Recovery(Outcome outcome, @Nullable String certificateId, List<String> revokedIds) {

  /** The result of a recovery. */
  public enum Outcome {
    /** No unfinished issue was found for this directory; nothing was done. */
    NOTHING_TO_RECOVER,
    /** The certificate had been saved; only its note was left. */
    ALREADY_SAVED,
    /** The lost certificates are revoked, and another certificate is issued and saved. */
    ISSUED_AGAIN
  }

  /**
   * Copies the ids.
   *
   * @param outcome the result
   * @param certificateId the id of the certificate in the directory, or null
   * @param revokedIds the certificates revoked
   */
  public Recovery {
    Objects.requireNonNull(outcome, "outcome");
    revokedIds = List.copyOf(revokedIds);
  }
}
