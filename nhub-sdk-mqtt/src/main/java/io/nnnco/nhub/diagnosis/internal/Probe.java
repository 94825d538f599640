package io.nnnco.nhub.diagnosis.internal;

/** Answers one question about a connection. */
@FunctionalInterface
interface Probe {
  /** Looks, and adds what it finds to the evidence; leaves a step alone that was not reached. */
  void examine(Evidence evidence);
}
