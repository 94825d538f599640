package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What one subscription is made from; what it shares with others is in {@link ClientResources}.
 *
 * @param options what to receive, and how
 * @param credentials what to begin with
 * @param handler gets each message
 * @param clientId the MQTT client id, and so the session
 * @param remindsOfExpiry whether a certificate that expires is reported
 */
public record SubscriptionSpec(
    SubscribeOptions options,
    Credentials credentials,
    AsyncMessageHandler handler,
    String clientId,
    boolean remindsOfExpiry) {
  /** One that reminds. */
  public SubscriptionSpec(
      SubscribeOptions options,
      Credentials credentials,
      AsyncMessageHandler handler,
      String clientId) {
    this(options, credentials, handler, clientId, true);
  }

  /** With the client id that belongs to the durable name, or a new one where there is none. */
  public static SubscriptionSpec of(
      SubscribeOptions options, Credentials credentials, AsyncMessageHandler handler) {
    return new SubscriptionSpec(options, credentials, handler, clientId(options));
  }

  /** The same, of a subscription whose certificate is renewed by its source. */
  SubscriptionSpec withoutReminders() {
    return new SubscriptionSpec(options, credentials, handler, clientId, false);
  }

  private static String clientId(SubscribeOptions options) {
    if (options.durableName() != null) {
      return "nhub-" + options.durableName();
    }
    // 20 letters and digits, which every MQTT server accepts (MQTT-3.1.3-5).
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return "nhub" + HexFormat.of().formatHex(random);
  }
}
