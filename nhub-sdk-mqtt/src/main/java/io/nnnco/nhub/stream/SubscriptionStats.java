package io.nnnco.nhub.stream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts of a subscription since it began; a snapshot, not a live view.
 *
 * @param received messages read, copies included
 * @param handled messages whose handler succeeded
 * @param acknowledged acknowledgements sent to the bridge
 * @param redelivered messages known to have been delivered before
 * @param failedAttempts handler calls that threw
 * @param undecodable messages that could not be decoded
 * @param handedOver messages that the failure handler took
 * @param skipped messages acknowledged without having been handled, by {@link LastResort#SKIP}
 * @param reconnects connections made after the first one
 * @param inFlight messages read and not yet finished, at this moment
 * @param windowUsed the share of the window that is in use at this moment, from 0 to 1: of {@link
 *     SubscribeOptions#window()} or {@link SubscribeOptions#windowBytes()}, whichever is the
 *     larger; at 1, nothing more is read
 * @param lag the time from the last message's {@code timestamp_ms} to its arrival; null before the
 *     first message
 * @param lastMessageAt when the last message arrived; null before the first one
 * @param subscribedSince since when the subscription has been {@link SubscriptionState#SUBSCRIBED};
 *     null if it is not
 * @param certificateExpiresAt the last moment of the client certificate in use; null with username
 *     and token
 */
public record SubscriptionStats(
    long received,
    long handled,
    long acknowledged,
    long redelivered,
    long failedAttempts,
    long undecodable,
    long handedOver,
    long skipped,
    long reconnects,
    int inFlight,
    double windowUsed,
    @Nullable Duration lag,
    @Nullable Instant lastMessageAt,
    @Nullable Instant subscribedSince,
    @Nullable Instant certificateExpiresAt) {}
