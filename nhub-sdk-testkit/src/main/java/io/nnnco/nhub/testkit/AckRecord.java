package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * A PUBACK of a client, in the order in which the bridge read them.
 *
 * @param at when it was read
 * @param clientId whose
 * @param packetId the packet id it names
 * @param topic the topic of the message that it acknowledges; empty if it acknowledges none
 * @param sentAt when the message was last sent; equal to {@code at} if there is none
 * @param sends how often the message was sent to this client; 0 if there is none
 * @param reasonCode what the PUBACK said: 0, or an MQTT 5 reason code
 */
public record AckRecord(
    Instant at,
    String clientId,
    int packetId,
    String topic,
    Instant sentAt,
    int sends,
    int reasonCode) {}
