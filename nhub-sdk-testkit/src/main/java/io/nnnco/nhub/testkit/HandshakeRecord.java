package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * A connection to the bridge that did not get through TLS: the client did not trust the server, was
 * turned away for its certificate, or did not speak TLS at all.
 *
 * @param at when it failed
 * @param reason what the bridge saw, such as the alert of the client
 */
public record HandshakeRecord(Instant at, String reason) {}
