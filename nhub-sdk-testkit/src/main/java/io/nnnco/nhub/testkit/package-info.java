/**
 * {@link io.nnnco.nhub.testkit.FakeNHub}: what it is told, what it saw, and the faults it can be
 * asked for.
 */
package io.nnnco.nhub.testkit;
