/** The fake in JUnit Jupiter tests. Needs junit-jupiter-api, which the rest does not. */
package io.nnnco.nhub.testkit.junit;
