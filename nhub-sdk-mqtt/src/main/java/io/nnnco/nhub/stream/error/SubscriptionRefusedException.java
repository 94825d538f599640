package io.nnnco.nhub.stream.error;

/**
 * The bridge refused a topic filter, granted it a lower QoS than requested, or said in its CONNACK
 * that it does not support shared subscriptions, wildcards, this QoS, or so large a SUBSCRIBE.
 * {@link #code()} tells these apart.
 */
public final class SubscriptionRefusedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /** The filter as it was sent. */
  private final String topicFilter;

  /** The SUBACK's code. */
  private final int code;

  /**
   * Made by the SDK.
   *
   * @param topicFilter the filter as it was sent
   * @param code the SUBACK's code: 0x80 and above refuse, 0 to 2 are the QoS granted
   * @param problem what happened, a sentence
   */
  public SubscriptionRefusedException(String topicFilter, int code, String problem) {
    super(errorCode(code), ConnectionPhase.SUBSCRIBE, said(code, problem), null);
    this.topicFilter = topicFilter;
    this.code = code;
  }

  private static StreamErrorCode errorCode(int code) {
    return switch (ReasonCode.of(code)) {
      case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED -> StreamErrorCode.SHARED_SUBSCRIPTIONS_MISSING;
      case WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED -> StreamErrorCode.WILDCARDS_MISSING;
      case QOS_NOT_SUPPORTED -> StreamErrorCode.QOS_MISSING;
      case PACKET_TOO_LARGE -> StreamErrorCode.SUBSCRIBE_TOO_LARGE;
      default ->
          code < ReasonCode.UNSPECIFIED_ERROR.value()
              ? StreamErrorCode.QOS_MISSING
              : StreamErrorCode.SUBSCRIPTION_REFUSED;
    };
  }

  /** With the advice of the reason code, if the error code covers several. */
  private static String said(int code, String problem) {
    return errorCode(code) == StreamErrorCode.SUBSCRIPTION_REFUSED
        ? problem + " " + ReasonCode.of(code).advice()
        : problem;
  }

  /**
   * The filter that was refused.
   *
   * @return such as {@code v4/groups/nnn.acme.master/+/uplinks}
   */
  public String topicFilter() {
    return topicFilter;
  }

  /**
   * The code in the SUBACK (MQTT 5, section 3.9.3).
   *
   * @return the code of this filter, such as 0x87, not authorized
   */
  public int reasonCode() {
    return code;
  }

  /** A quota may become free later. */
  @Override
  public boolean isTransient() {
    return code == ReasonCode.QUOTA_EXCEEDED.value();
  }
}
