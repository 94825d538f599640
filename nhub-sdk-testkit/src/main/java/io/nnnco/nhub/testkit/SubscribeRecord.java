package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * One filter of a SUBSCRIBE, and the bridge's response to it.
 *
 * @param at when the response was sent
 * @param clientId the client
 * @param filter the topic filter as sent
 * @param requestedQos the requested quality of service, 0 to 2
 * @param reasonCode the SUBACK's code: 0 or 1, the quality of service granted, or a refusal of 0x80
 *     and above
 */
public record SubscribeRecord(
    Instant at, String clientId, String filter, int requestedQos, int reasonCode) {
  /**
   * Whether the filter was granted.
   *
   * @return true if the SUBACK granted it
   */
  public boolean granted() {
    return reasonCode < 0x80;
  }
}
