package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.diagnosis.FindingCode;

/**
 * What something means.
 *
 * @param code what it is
 * @param cause why it is so
 * @param fix what to do
 */
record Explanation(FindingCode code, String cause, String fix) {
  /** With the advice of the error that a subscription would end up with. */
  static Explanation of(FindingCode code, String cause) {
    return new Explanation(code, cause, code.error().orElseThrow().advice());
  }
}
