/**
 * Tunnels through a proxy: they turn a TCP connection to the proxy into one that ends at the
 * bridge.
 */
package io.nnnco.nhub.stream.internal.transport.proxy;
