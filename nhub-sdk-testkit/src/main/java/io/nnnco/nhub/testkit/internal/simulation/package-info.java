/** Realistic devices. Everything here is computed from a seed and the time alone. */
package io.nnnco.nhub.testkit.internal.simulation;
