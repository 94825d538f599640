/** Health, an endpoint and information for Spring Boot's Actuator. */
@NullMarked
package io.nnnco.nhub.spring.actuate;

import org.jspecify.annotations.NullMarked;
