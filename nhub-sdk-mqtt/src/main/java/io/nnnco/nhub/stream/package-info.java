/**
 * Subscriptions: a {@link io.nnnco.nhub.stream.Subscription} hands device messages to a {@link
 * io.nnnco.nhub.stream.MessageHandler}, at least once and in order per device.
 */
package io.nnnco.nhub.stream;
