package io.nnnco.nhub.stream.internal.delivery;

import java.time.Instant;

/**
 * An outage of the application's own side: handlers fail whatever the message.
 *
 * @param since when it was noticed
 * @param cause what a handler threw
 */
public record HandlerOutage(Instant since, Throwable cause) {}
