/** The SDK's own engine: receive-only MQTT 5 and 3.1.1 on the sockets of the JDK. */
package io.nnnco.nhub.stream.internal.transport.direct;
