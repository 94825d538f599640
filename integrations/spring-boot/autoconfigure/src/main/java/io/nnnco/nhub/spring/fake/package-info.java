/** The fake N-Hub of the test kit in Spring Boot: for tests, and for development. */
@NullMarked
package io.nnnco.nhub.spring.fake;

import org.jspecify.annotations.NullMarked;
