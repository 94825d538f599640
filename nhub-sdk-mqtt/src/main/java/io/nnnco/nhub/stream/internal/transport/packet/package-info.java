/** MQTT 5 and 3.1.1 packets as bytes: what a subscriber reads and writes. No I/O, no threads. */
package io.nnnco.nhub.stream.internal.transport.packet;
