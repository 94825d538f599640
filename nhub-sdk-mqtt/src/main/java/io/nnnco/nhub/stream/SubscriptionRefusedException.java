package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;

/** The bridge refused a topic filter, or granted it less than was asked for (rule M12). */
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
    super(ErrorCode.SUBSCRIPTION_REFUSED, Phase.SUBSCRIBE, problem, null);
    this.topicFilter = topicFilter;
    this.code = code;
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
   * What the server answered (MQTT 5, section 3.9.3).
   *
   * @return the code of this filter in the SUBACK, such as 0x87, not authorised
   */
  public int reasonCode() {
    return code;
  }
}
