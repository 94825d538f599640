/** Metrics and traces of an N-Hub client, for Micrometer. */
package io.nnnco.nhub.micrometer;
