package io.nnnco.nhub.stream.error;

/**
 * The bridge refused a CONNECT, or ended the connection with a DISCONNECT, for a reason that has no
 * type of its own. {@link #code()} says which of the two, {@link #reasonCode()} why.
 */
public final class ServerException extends StreamException {
  private static final long serialVersionUID = 1L;

  /** An enum, so it survives serialization. */
  private final ReasonCode reasonCode;

  /**
   * Made by the SDK.
   *
   * @param code {@link StreamErrorCode#SERVER_REFUSED} or {@link
   *     StreamErrorCode#SERVER_DISCONNECTED}
   * @param reasonCode what the server said
   * @param problem what happened, a sentence
   */
  public ServerException(StreamErrorCode code, ReasonCode reasonCode, String problem) {
    super(
        code,
        code == StreamErrorCode.SERVER_REFUSED ? ConnectionPhase.CONNECT : ConnectionPhase.STREAM,
        problem,
        reasonCode.advice(),
        null);
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

  /** As the reason code says. */
  @Override
  public boolean isTransient() {
    return !reasonCode.terminal();
  }
}
