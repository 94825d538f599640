/** Devices that one can believe in. Everything here is computed from a seed and the time alone. */
package io.nnnco.nhub.testkit.internal.simulation;
