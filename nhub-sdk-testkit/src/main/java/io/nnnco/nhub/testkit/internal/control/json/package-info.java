/**
 * JSON and records: read, written and described by their components, so that these cannot differ.
 */
package io.nnnco.nhub.testkit.internal.control.json;
