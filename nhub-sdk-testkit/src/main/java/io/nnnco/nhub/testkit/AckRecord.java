package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * A PUBACK from a client, in the order in which the bridge read them.
 *
 * @param at when it was read
 * @param clientId the client
 * @param packetId the packet id in the PUBACK
 * @param topic the topic of the message that it acknowledges; empty if there is none
 * @param sentAt when the message was last sent; equal to {@code at} if there is none
 * @param sends how often the message was sent to this client; 0 if there is none
 * @param reasonCode the PUBACK's reason code: 0, or one of MQTT 5
 */
public record AckRecord(
    Instant at,
    String clientId,
    int packetId,
    String topic,
    Instant sentAt,
    int sends,
    int reasonCode) {}
