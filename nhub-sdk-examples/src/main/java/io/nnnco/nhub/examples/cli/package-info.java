/** The command line, {@code nhub}. */
@NullMarked
package io.nnnco.nhub.examples.cli;

import org.jspecify.annotations.NullMarked;
