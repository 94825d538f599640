package io.nnnco.nhub.testkit.internal.control;

import java.time.Instant;

/** That the fake has started over, for whoever keeps what it has read of it. */
record Reset(Instant at) {}
