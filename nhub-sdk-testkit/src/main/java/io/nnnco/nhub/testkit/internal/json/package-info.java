/** JSON as text, by the fake's own hand: nothing of the SDK's codec is used (second opinion). */
package io.nnnco.nhub.testkit.internal.json;
