package io.nnnco.nhub.spring;

import org.jspecify.annotations.Nullable;

/**
 * A property {@code nhub.*} is missing or wrong. Spring Boot reports it as a failure to start, with
 * the place of the property and what to do.
 */
public final class NHubConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The property's full name. */
  private final String property;

  /** What to do. */
  private final String action;

  /**
   * A fault of the configuration.
   *
   * @param property the property's full name
   * @param problem what is wrong, as a sentence without secrets
   * @param action what to do, as a sentence
   * @param cause what led to it, or null
   */
  public NHubConfigurationException(
      String property, String problem, String action, @Nullable Throwable cause) {
    super(property + ": " + problem + " " + action, cause);
    this.property = property;
    this.action = action;
  }

  /**
   * Which property.
   *
   * @return its full name, such as {@code nhub.environment}
   */
  public String property() {
    return property;
  }

  /**
   * What to do.
   *
   * @return a sentence
   */
  public String action() {
    return action;
  }

  /** What is wrong: the message without the property and the action. */
  String problem() {
    String message = String.valueOf(getMessage());
    return message.substring(property.length() + 2, message.length() - action.length() - 1);
  }
}
