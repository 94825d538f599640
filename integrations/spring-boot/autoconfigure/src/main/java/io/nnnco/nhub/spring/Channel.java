package io.nnnco.nhub.spring;

import io.nnnco.nhub.message.Reading;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.OptionalDouble;

/**
 * A parameter of an {@link NHubListener} method that takes an uplink's reading on one channel.
 *
 * <table>
 * <caption>Types of the parameter</caption>
 * <tr><th>Type</th><th>If the uplink has no such reading, or one of another type</th></tr>
 * <tr><td>{@code double}, {@code boolean}</td>
 *     <td>the method is not called, and the uplink is acknowledged</td></tr>
 * <tr><td>{@link OptionalDouble}</td><td>empty</td></tr>
 * <tr><td>{@link Double}, {@link Boolean}, {@link String}, {@link java.math.BigDecimal}, {@link
 *     Reading}</td><td>null</td></tr>
 * </table>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Channel {
  /**
   * The channel.
   *
   * @return such as {@code temperature}
   */
  String value();
}
