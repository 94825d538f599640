/** A file for the messages that no handler could process, and the way back. */
package io.nnnco.nhub.stream.deadletter;
