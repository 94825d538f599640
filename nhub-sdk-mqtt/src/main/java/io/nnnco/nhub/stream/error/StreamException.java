package io.nnnco.nhub.stream.error;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import org.jspecify.annotations.Nullable;

/**
 * An error of a subscription. {@link #code()} says which one, {@link #phase()} how far the
 * connection had got, and {@link #advice()} what to do.
 *
 * <p>Most are <em>transient</em>: the subscription reports them as an event, and the SDK
 * reconnects. Errors that a reconnect cannot fix are <em>terminal</em>: they end the subscription.
 */
public abstract class StreamException extends NHubException {
  private static final long serialVersionUID = 1L;

  /** An enum, so it survives serialization. */
  private final ConnectionPhase phase;

  /**
   * An error of a subscription.
   *
   * @param code which one, with its advice
   * @param phase how far the connection had got
   * @param problem what happened, a sentence without secrets
   * @param cause what led to it, or null
   */
  protected StreamException(
      ErrorCode code, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    this(code, phase, problem, code.advice(), cause);
  }

  /**
   * An error of a subscription, with more specific advice than its code's.
   *
   * @param code which one
   * @param phase how far the connection had got
   * @param problem what happened, a sentence without secrets
   * @param advice what to do about it, instead of the code's advice
   * @param cause what led to it, or null
   */
  protected StreamException(
      ErrorCode code,
      ConnectionPhase phase,
      String problem,
      String advice,
      @Nullable Throwable cause) {
    super(code, problem, advice, cause);
    this.phase = phase;
  }

  /**
   * How far the connection had got.
   *
   * @return the phase
   */
  public final ConnectionPhase phase() {
    return phase;
  }
}
