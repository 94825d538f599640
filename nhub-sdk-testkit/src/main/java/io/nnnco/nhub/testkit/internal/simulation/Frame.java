package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;

/**
 * What a device sends at one turn.
 *
 * @param at the true time
 * @param number the same for all that the device sends together, as it has the same fate
 * @param message without how it was received, which is not known yet
 */
record Frame(MessageKind kind, Instant at, int number, FakeMessage message) {}
