/**
 * The control API of a fake: HTTP for other languages, in the words of the Java API. {@code
 * docs/control-api.md} in the repository shows it.
 */
package io.nnnco.nhub.testkit.internal.control;
