package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * One filter of a SUBSCRIBE, and the answer to it.
 *
 * @param at when it was answered
 * @param clientId whose
 * @param filter the topic filter as sent
 * @param requestedQos the quality of service asked for, 0 to 2
 * @param reasonCode what the SUBACK said: 0 or 1, the quality of service granted, or a refusal of
 *     0x80 and above
 */
public record SubscribeRecord(
    Instant at, String clientId, String filter, int requestedQos, int reasonCode) {
  /**
   * Whether the subscription stands.
   *
   * @return true if the SUBACK granted it
   */
  public boolean granted() {
    return reasonCode < 0x80;
  }
}
