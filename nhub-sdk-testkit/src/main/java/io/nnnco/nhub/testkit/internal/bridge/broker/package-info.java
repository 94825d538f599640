/**
 * Sessions and routing, without sockets, threads or a clock of their own: one thread calls
 * everything here, and passes the time.
 */
package io.nnnco.nhub.testkit.internal.bridge.broker;
