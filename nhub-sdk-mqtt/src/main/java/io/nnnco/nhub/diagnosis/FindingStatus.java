package io.nnnco.nhub.diagnosis;

/** How bad a finding is. */
public enum FindingStatus {
  /** The step works. */
  OK,
  /** Not looked at, because there is nothing to look at or an earlier step stands in the way. */
  SKIPPED,
  /** It works, but deserves a look. */
  WARNING,
  /** It does not work. */
  FAULT
}
