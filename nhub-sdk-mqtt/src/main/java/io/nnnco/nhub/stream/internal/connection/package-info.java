/** When to connect, resubscribe and give up: pure, without threads, clock or I/O. */
package io.nnnco.nhub.stream.internal.connection;
