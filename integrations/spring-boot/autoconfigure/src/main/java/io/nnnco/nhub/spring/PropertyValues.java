package io.nnnco.nhub.spring;

import io.nnnco.nhub.core.NHubException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what the SDK says about a value into what is wrong with a property. */
final class PropertyValues {
  private PropertyValues() {}

  static <T> T checked(String property, String action, Supplier<T> value) {
    try {
      return value.get();
    } catch (NHubException e) {
      throw fault(property, e);
    } catch (IllegalArgumentException e) {
      throw new NHubConfigurationException(property, sentence(e), action, e);
    }
  }

  static NHubConfigurationException fault(String property, NHubException error) {
    return new NHubConfigurationException(property, withoutAdvice(error), error.advice(), error);
  }

  private static String withoutAdvice(NHubException error) {
    String message = String.valueOf(error.getMessage());
    return message.endsWith(" " + error.advice())
        ? message.substring(0, message.length() - error.advice().length() - 1)
        : message;
  }

  private static String sentence(IllegalArgumentException error) {
    String message = String.valueOf(error.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }

  /** Null for a property that is not set, or is set to nothing as {@code ${NAME:}} does. */
  static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.trim();
  }
}
