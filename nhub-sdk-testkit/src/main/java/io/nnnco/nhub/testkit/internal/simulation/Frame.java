package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;

/**
 * What a device sends at one turn.
 *
 * @param kind what it is
 * @param at the true time
 * @param number the same for all that the device sends at that turn, as they have the same fate
 * @param place where the device is
 * @param message without how it was received, which is not known yet
 */
record Frame(MessageKind kind, Instant at, int number, Place place, FakeMessage message) {}
