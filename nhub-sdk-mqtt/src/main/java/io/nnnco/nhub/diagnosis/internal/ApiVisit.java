package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.MqttCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the management API says: what time it is, and with a token, which certificates there are. It
 * is asked in the background while the way to the bridge is looked at, and nothing is changed.
 */
final class ApiVisit {
  private final Future<ApiTime> time;
  private final @Nullable Future<Listing> listing;

  /**
   * What came of asking for the certificates.
   *
   * @param certificates those of the token's enterprise; empty if there was an error
   * @param error why they could not be listed; null if they were
   */
  record Listing(List<MqttCertificate> certificates, @Nullable RuntimeException error) {}

  /** Asks, without waiting. */
  ApiVisit(Case subject, Background background, Duration limit) {
    Duration shorter = limit.multipliedBy(9).dividedBy(10); // So that the API's own error arrives.
    this.time = background.start(() -> ApiTime.ask(subject, shorter));
    Function<Duration, Management> management = subject.management();
    this.listing = management == null ? null : background.start(() -> list(management, shorter));
  }

  private static Listing list(Function<Duration, Management> management, Duration limit) {
    try (Management api = management.apply(limit)) {
      return new Listing(api.certificates().list().toList(), null);
    } catch (NHubException e) {
      return new Listing(List.of(), e);
    }
  }

  /** The API's time; empty if it did not tell. */
  Optional<ApiTime> time(Duration limit) {
    try {
      return Optional.of(Background.await(time, limit));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** The certificates; empty without a token, or if time ran out. */
  Optional<Listing> listing(Duration limit) {
    if (listing == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Background.await(listing, limit));
    } catch (ExecutionException e) {
      return Optional.of(
          new Listing(
              List.of(),
              e.getCause() instanceof RuntimeException cause
                  ? cause
                  : new IllegalStateException(e)));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }
}
