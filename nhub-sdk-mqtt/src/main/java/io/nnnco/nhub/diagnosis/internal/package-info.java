/** The probes of a diagnosis, one per question, and what they share. */
package io.nnnco.nhub.diagnosis.internal;
