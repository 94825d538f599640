/** The REST side of the fake, rules R1 to R10: what is answered, and the HTTP server around it. */
package io.nnnco.nhub.testkit.internal.api;
