package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * A connection to the bridge that did not complete the TLS handshake: the client did not trust the
 * server, its certificate was rejected, or it did not use TLS at all.
 *
 * @param at when it failed
 * @param reason what the bridge saw, such as the client's alert
 */
public record HandshakeRecord(Instant at, String reason) {}
