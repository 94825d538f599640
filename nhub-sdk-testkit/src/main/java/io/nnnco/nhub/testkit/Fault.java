package io.nnnco.nhub.testkit;

/**
 * A deliberate failure. Faults are values without state; an {@link Occurrence} says how often and
 * when one happens.
 */
public sealed interface Fault permits BridgeFault, ApiFault {}
