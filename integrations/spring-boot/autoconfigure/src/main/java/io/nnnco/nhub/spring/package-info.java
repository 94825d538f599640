/** An N-Hub client and methods that receive messages, in Spring Boot applications. */
@NullMarked
package io.nnnco.nhub.spring;

import org.jspecify.annotations.NullMarked;
