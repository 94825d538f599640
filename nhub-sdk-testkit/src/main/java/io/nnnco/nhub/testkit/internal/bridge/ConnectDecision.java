package io.nnnco.nhub.testkit.internal.bridge;

import org.jspecify.annotations.Nullable;

/** The decision of a {@link Gatekeeper}. */
public sealed interface ConnectDecision {
  /**
   * The client is accepted.
   *
   * @param principal the client, for the journals
   * @param enterprise the code of the enterprise it is scoped to, such as {@code nnn.acme}
   */
  record Admitted(String principal, String enterprise) implements ConnectDecision {}

  /**
   * The client is refused.
   *
   * @param refusal the code
   * @param reason a sentence for the MQTT 5 reason string and the journals; empty for none
   * @param alert what a TLS server says of the certificate, or null if that is good in itself
   */
  record Refused(Refusal refusal, String reason, @Nullable TlsAlert alert)
      implements ConnectDecision {
    /** The client is refused for another reason than its certificate. */
    public Refused(Refusal refusal, String reason) {
      this(refusal, reason, null);
    }
  }

  /** Why a CONNECT is refused, in the numbers of both protocols. */
  enum Refusal {
    BAD_CREDENTIALS(0x86, 4),
    NOT_AUTHORIZED(0x87, 5),
    SERVER_UNAVAILABLE(0x88, 3),
    BANNED(0x8A, 5);

    private final int reasonCode;
    private final int returnCode;

    Refusal(int reasonCode, int returnCode) {
      this.reasonCode = reasonCode;
      this.returnCode = returnCode;
    }

    /** As an MQTT 5 reason code. */
    public int reasonCode() {
      return reasonCode;
    }

    /** As an MQTT 3.1.1 return code. */
    public int returnCode() {
      return returnCode;
    }
  }
}
