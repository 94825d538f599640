/** The shell of a subscription: it wires connection, delivery and transport. */
package io.nnnco.nhub.stream.internal;
