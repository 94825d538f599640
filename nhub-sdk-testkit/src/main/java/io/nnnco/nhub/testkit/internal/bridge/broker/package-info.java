/**
 * Sessions and routing, without sockets, threads or a clock of their own: everything here is called
 * by one thread, and told the time.
 */
package io.nnnco.nhub.testkit.internal.bridge.broker;
