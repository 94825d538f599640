/**
 * {@link io.nnnco.nhub.testkit.FakeNHub}: its settings, what it records, and the faults that it can
 * inject.
 */
package io.nnnco.nhub.testkit;
