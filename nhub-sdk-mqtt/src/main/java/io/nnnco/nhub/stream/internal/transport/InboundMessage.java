package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.Qos;

/**
 * A PUBLISH as received.
 *
 * @param topic the topic
 * @param payload the bytes; they belong to the receiver from now on
 * @param qos how it was sent
 * @param duplicate the DUP flag
 * @param packetId the packet id, 0 for QoS 0
 */
@SuppressWarnings("ArrayRecordComponent") // An envelope that is never compared; a copy would cost.
public record InboundMessage(
    String topic, byte[] payload, Qos qos, boolean duplicate, int packetId) {}
