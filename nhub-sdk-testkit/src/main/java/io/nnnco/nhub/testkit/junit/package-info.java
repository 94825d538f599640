/** The fake in JUnit Jupiter tests. Needs junit-jupiter-api, which the other packages do not. */
package io.nnnco.nhub.testkit.junit;
