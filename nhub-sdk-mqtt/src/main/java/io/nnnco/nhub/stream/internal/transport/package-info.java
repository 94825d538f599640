/** The port to the network: topics, bytes, QoS, acknowledgements; and what the engines share. */
package io.nnnco.nhub.stream.internal.transport;
