package io.nnnco.nhub.management;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Certificates#recover} found and did. Immutable.
 *
 * @param outcome what it came to
 * @param certificateId the id of the certificate that is in the directory now, or null if there was
 *     nothing to recover
 * @param revokedIds the certificates that were lost and are now revoked; empty if there were none
 */
public record Recovery(Outcome outcome, @Nullable String certificateId, List<String> revokedIds) {

  /** What a recovery came to. */
  public enum Outcome {
    /** No issue into this directory was left unfinished; nothing was done. */
    NOTHING_TO_RECOVER,
    /** The certificate had been saved; only the note of it was left. */
    ALREADY_SAVED,
    /** What was lost is revoked, and another certificate is issued and saved. */
    ISSUED_AGAIN
  }

  /**
   * Takes a copy of the ids.
   *
   * @param outcome what it came to
   * @param certificateId the id of the certificate in the directory, or null
   * @param revokedIds the certificates revoked
   */
  public Recovery {
    Objects.requireNonNull(outcome, "outcome");
    revokedIds = List.copyOf(revokedIds);
  }
}
