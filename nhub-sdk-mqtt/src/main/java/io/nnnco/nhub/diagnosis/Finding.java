package io.nnnco.nhub.diagnosis;

import java.util.Objects;

/**
 * What a diagnosis found at one step. The texts are for people and may change; {@link #code()} is
 * stable. No text contains a secret, a control character or a line break. Immutable.
 *
 * @param step the step
 * @param code what was found
 * @param status how bad it is
 * @param evidence what was seen, such as an address, a date, an error with its code
 * @param cause what that means; empty if all is well
 * @param fix what to do about it; empty if all is well
 */
public record Finding(
    DiagnosisStep step,
    FindingCode code,
    FindingStatus status,
    String evidence,
    String cause,
    String fix) {
  /**
   * Checks that whatever is wrong comes with a cause and a fix.
   *
   * @param step the step
   * @param code what was found
   * @param status how bad it is
   * @param evidence what was seen
   * @param cause what that means; not blank for a warning or a fault
   * @param fix what to do about it; not blank for a warning or a fault
   * @throws IllegalArgumentException if a warning or a fault lacks evidence, cause or fix
   */
  public Finding {
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(code, "code");
    boolean wrong = status == FindingStatus.WARNING || status == FindingStatus.FAULT;
    if (wrong && (evidence.isBlank() || cause.isBlank() || fix.isBlank())) {
      throw new IllegalArgumentException(code + " needs evidence, a cause and a fix.");
    }
  }

  /** On one line: {@code FAULT dns.unknown_host: No address for …. Cause … Fix …}. */
  @Override
  public String toString() {
    String seen = status + " " + code + ": " + evidence;
    String stop = seen.endsWith(".") ? " " : ". ";
    return cause.isEmpty() ? seen : seen + stop + cause + " " + fix;
  }
}
