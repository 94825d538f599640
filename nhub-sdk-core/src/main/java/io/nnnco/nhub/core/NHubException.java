package io.nnnco.nhub.core;

import io.nnnco.nhub.core.internal.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * The root of every error this SDK reports: what happened, whose fault it is, and what to do.
 *
 * <p>The message reads {@code NHUB-TLS-004: what happened. What to do.} The code is stable, and has
 * an entry in {@code docs/errors.md}. No message contains a token, a key or a payload. Misuse of a
 * method is reported with the JDK's own {@link IllegalArgumentException}, {@link
 * IllegalStateException} or {@link NullPointerException} instead.
 */
public abstract class NHubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The code; an enum, so it survives serialization. */
  private final ErrorCode code;

  /** What to do; most often the advice of the code. */
  private final String advice;

  /**
   * An error.
   *
   * @param code which one, with its advice
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param cause what led to it, or null
   */
  protected NHubException(ErrorCode code, String problem, @Nullable Throwable cause) {
    this(code, problem, code.advice(), cause);
  }

  /**
   * An error that knows better than its code what to do.
   *
   * @param code which one
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param advice what to do about it, in the place of the code's advice
   * @param cause what led to it, or null
   */
  protected NHubException(
      ErrorCode code, String problem, String advice, @Nullable Throwable cause) {
    super(code.id() + ": " + ForeignText.guarded(problem) + " " + advice, cause);
    this.code = code;
    this.advice = advice;
  }

  /**
   * Which error this is.
   *
   * @return the stable code
   */
  public final ErrorCode code() {
    return code;
  }

  /**
   * What to do about it.
   *
   * @return one or two sentences: those of the code, unless this error knows better
   */
  public final String advice() {
    return advice;
  }

  /**
   * Whether the same call, or the next connection, may succeed without any change. A subscription
   * reconnects by itself after a transient error, and ends with any other.
   *
   * @return false where something has to be fixed first
   */
  public boolean isTransient() {
    return code.isTransient();
  }
}
