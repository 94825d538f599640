/** The page of a fake: its files are resources of this package. */
package io.nnnco.nhub.testkit.internal.control.page;
