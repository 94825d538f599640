/** The REST side of the fake, rules R1 to R10: its responses, and the HTTP server around them. */
package io.nnnco.nhub.testkit.internal.api;
