package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.time.Duration;

/**
 * What is published for a client whose connection ends without a DISCONNECT (MQTT 5 section
 * 3.1.2.5).
 *
 * @param message the message
 * @param delay how long the client has to reconnect first
 */
public record Will(Message message, Duration delay) {}
