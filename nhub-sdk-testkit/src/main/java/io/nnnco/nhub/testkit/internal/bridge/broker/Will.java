package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.time.Duration;

/**
 * What is published for a client that goes without a DISCONNECT (MQTT 5 section 3.1.2.5).
 *
 * @param message the message
 * @param delay how long the client has to come back first
 */
public record Will(Message message, Duration delay) {}
