package io.nnnco.nhub.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * An {@link NHubListener} method that cannot be used. Spring Boot reports it as a failure to start,
 * with the method and what to do.
 */
public final class NHubListenerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The method, as text. */
  private final String method;

  /** What is wrong. */
  private final String problem;

  /** What to do. */
  private final String action;

  /**
   * A fault of a listener.
   *
   * @param method the listener method
   * @param problem what is wrong, as a sentence
   * @param action what to do, as a sentence
   * @param cause what led to it, or null
   */
  NHubListenerException(Method method, String problem, String action, @Nullable Throwable cause) {
    super("@NHubListener " + method.toGenericString() + ": " + problem + " " + action, cause);
    this.method = method.toGenericString();
    this.problem = problem;
    this.action = action;
  }

  /**
   * Which method.
   *
   * @return its signature
   */
  public String method() {
    return method;
  }

  /**
   * What to do.
   *
   * @return a sentence
   */
  public String action() {
    return action;
  }

  String problem() {
    return problem;
  }
}
