/** Did data get lost, whose, when, and why: the gaps in what devices send. */
package io.nnnco.nhub.stream.gap;
