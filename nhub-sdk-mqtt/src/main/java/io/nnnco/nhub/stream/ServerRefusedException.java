package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;

/**
 * The bridge answered CONNECT with a refusal that has no type of its own; {@link #reasonCode()}
 * says which.
 */
public final class ServerRefusedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /** An enum, so it survives serialization. */
  private final ReasonCode reasonCode;

  /**
   * Made by the SDK.
   *
   * @param reasonCode what the server said
   * @param problem what happened, a sentence
   */
  public ServerRefusedException(ReasonCode reasonCode, String problem) {
    super(ErrorCode.SERVER_REFUSED, Phase.CONNECT, problem, reasonCode.advice(), null);
    this.reasonCode = reasonCode;
  }

  /**
   * What the server said.
   *
   * @return the reason code
   */
  public ReasonCode reasonCode() {
    return reasonCode;
  }
}
