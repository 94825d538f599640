/** The command line, {@code nhub}. */
@NullMarked
package io.nnnco.nhub.cli;

import org.jspecify.annotations.NullMarked;
