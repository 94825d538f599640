/** The gap ledger: what devices send, and what of it is missing. Without threads or a clock. */
package io.nnnco.nhub.stream.internal.gap;
