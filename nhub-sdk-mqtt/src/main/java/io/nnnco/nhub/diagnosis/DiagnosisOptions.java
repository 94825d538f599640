package io.nnnco.nhub.diagnosis;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What to diagnose, and how long that may take. Immutable.
 *
 * <p>Defaults: the client's credentials, 7 s to get from DNS to a SUBACK, and then 2 s for a
 * message.
 */
public final class DiagnosisOptions {
  private static final Duration TIMEOUT = Duration.ofSeconds(7);
  private static final Duration MESSAGE_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final SubscribeOptions subscription;
  private final @Nullable Supplier<? extends Credentials> credentials;
  private final @Nullable String apiKeyId;
  private final Duration timeout;
  private final Duration messageWait;

  private DiagnosisOptions(
      SubscribeOptions subscription,
      @Nullable Supplier<? extends Credentials> credentials,
      @Nullable String apiKeyId,
      Duration timeout,
      Duration messageWait) {
    this.subscription = subscription;
    this.credentials = credentials;
    this.apiKeyId = apiKeyId;
    this.timeout = timeout;
    this.messageWait = messageWait;
  }

  /**
   * Diagnoses the subscription to the uplinks of all devices of an enterprise.
   *
   * @param enterprise the enterprise
   * @return options with the defaults
   */
  public static DiagnosisOptions of(Enterprise enterprise) {
    return of(SubscribeOptions.builder(enterprise).build());
  }

  /**
   * Diagnoses a subscription: its topic filters, its credentials if it has some of its own, and its
   * version of MQTT. Its durable session and its shared group are left alone: the doctor subscribes
   * outside of both.
   *
   * @param subscription the options that the application subscribes with
   * @return options with the defaults
   */
  public static DiagnosisOptions of(SubscribeOptions subscription) {
    return new DiagnosisOptions(
        Objects.requireNonNull(subscription, "subscription"), null, null, TIMEOUT, MESSAGE_WAIT);
  }

  /**
   * Loads the credentials as a part of the diagnosis, so that files that cannot be used are a
   * finding: {@code withCredentials(() -> ClientIdentity.load(directory))}.
   *
   * @param source returns the credentials, or throws an {@link NHubException}
   * @return changed options
   */
  public DiagnosisOptions withCredentials(Supplier<? extends Credentials> source) {
    Objects.requireNonNull(source, "source");
    return new DiagnosisOptions(subscription, source, apiKeyId, timeout, messageWait);
  }

  /**
   * Says to which API key the client certificate should belong; checked if there is a management
   * token.
   *
   * @param id the id of the API key
   * @return changed options
   */
  public DiagnosisOptions withApiKey(String id) {
    Objects.requireNonNull(id, "id");
    return new DiagnosisOptions(subscription, credentials, id, timeout, messageWait);
  }

  /**
   * Limits everything but the wait for a message.
   *
   * @param limit the time; positive, at most 5 minutes
   * @return changed options
   * @throws IllegalArgumentException if the time is out of range
   */
  public DiagnosisOptions withTimeout(Duration limit) {
    if (limit.isZero()) {
      throw new IllegalArgumentException("A diagnosis needs some time.");
    }
    return new DiagnosisOptions(
        subscription, credentials, apiKeyId, requireInRange(limit), messageWait);
  }

  /**
   * Sets how long to wait for a message, once everything else works.
   *
   * @param wait the time; zero not to wait, at most 5 minutes
   * @return changed options
   * @throws IllegalArgumentException if the time is out of range
   */
  public DiagnosisOptions withMessageWait(Duration wait) {
    return new DiagnosisOptions(subscription, credentials, apiKeyId, timeout, requireInRange(wait));
  }

  private static Duration requireInRange(Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A diagnosis waits from 0 s to 5 min, not " + DurationText.of(time) + ".");
    }
    return time;
  }

  /**
   * The subscription to diagnose.
   *
   * @return its options
   */
  public SubscribeOptions subscription() {
    return subscription;
  }

  /**
   * Where the credentials come from.
   *
   * @return their source; null for those of the subscription or else the client
   */
  public @Nullable Supplier<? extends Credentials> credentials() {
    return credentials;
  }

  /**
   * The API key to which the client certificate should belong.
   *
   * @return its id; null if any will do
   */
  public @Nullable String apiKeyId() {
    return apiKeyId;
  }

  /**
   * How long everything but the wait for a message may take.
   *
   * @return 7 s by default
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * How long to wait for a message.
   *
   * @return 2 s by default
   */
  public Duration messageWait() {
    return messageWait;
  }
}
