package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * A message that was dropped because too many others wait for its client, which reads or
 * acknowledges too slowly.
 *
 * @param at when
 * @param clientId the client
 * @param topic the message's topic
 * @param qos the quality of service with which it was published
 */
public record DropRecord(Instant at, String clientId, String topic, int qos) {}
