/**
 * The MQTT side of the fake: a {@code Bridge} that translates between sockets (Netty) and the
 * broker, which depends on neither.
 */
package io.nnnco.nhub.testkit.internal.bridge;
