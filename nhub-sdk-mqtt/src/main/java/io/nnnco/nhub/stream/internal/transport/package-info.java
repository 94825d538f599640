/**
 * The port to the wire, in our words: topics, bytes, QoS, acknowledgements; and what engines share.
 */
package io.nnnco.nhub.stream.internal.transport;
