package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;

/** The bridge ended the connection with a DISCONNECT; {@link #reasonCode()} says why. */
public final class ServerDisconnectedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /** An enum, so it survives serialization. */
  private final ReasonCode reasonCode;

  /**
   * Made by the SDK.
   *
   * @param reasonCode what the server said
   * @param problem what happened, a sentence
   */
  public ServerDisconnectedException(ReasonCode reasonCode, String problem) {
    super(ErrorCode.SERVER_DISCONNECTED, Phase.STREAM, problem, reasonCode.advice(), null);
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
