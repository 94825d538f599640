package io.nnnco.nhub.testkit;

/**
 * Something that goes wrong on purpose. Faults are values without state; how often and when one
 * happens is an {@link Occurrence}.
 */
public sealed interface Fault permits BridgeFault, ApiFault {}
