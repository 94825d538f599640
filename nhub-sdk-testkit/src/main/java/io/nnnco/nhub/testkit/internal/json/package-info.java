/**
 * Writes JSON independently: nothing of the SDK's codec is used, so that the two can be compared.
 */
package io.nnnco.nhub.testkit.internal.json;
