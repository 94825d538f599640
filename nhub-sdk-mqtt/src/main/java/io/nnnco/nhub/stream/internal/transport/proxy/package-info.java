/** Ways through a proxy: from a TCP connection to the proxy to one that ends at the bridge. */
package io.nnnco.nhub.stream.internal.transport.proxy;
