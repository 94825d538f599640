/** A file for the messages that no handler could process, and the way to redrive them. */
package io.nnnco.nhub.stream.deadletter;
