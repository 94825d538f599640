package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.delivery.Counters;
import io.nnnco.nhub.stream.internal.delivery.DeliveryPipeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What a subscription says of itself: counts, health, and why it is not subscribed. */
record SubscriptionReport(
    SubscriptionLife life,
    DeliveryPipeline pipeline,
    CredentialsInUse credentials,
    Duration silentAfter,
    InstantSource clock) {
  SubscriptionStats stats() {
    Counters counters = pipeline.counters();
    return new SubscriptionStats(
        counters.received(),
        counters.handled(),
        counters.acknowledged(),
        counters.redelivered(),
        counters.failedAttempts(),
        counters.undecodable(),
        counters.handedOver(),
        counters.skipped(),
        life.reconnects(),
        pipeline.inFlight(),
        pipeline.windowUsed(),
        pipeline.lag(),
        pipeline.lastArrivedAt(),
        life.subscribedSince(),
        credentials.expiresAt());
  }

  SubscriptionHealth health() {
    Instant last = pipeline.lastArrivedAt();
    Instant since = life.subscribedSince();
    Instant lastSign = last != null && (since == null || last.isAfter(since)) ? last : since;
    Instant now = clock.instant();
    SubscriptionHealth health =
        new HealthCheck(
                life.state(),
                life.lastFailure(),
                pipeline.isPaused(),
                pipeline.isFull(),
                pipeline.delaysSubscription(),
                pipeline.sinceProgress(),
                pipeline.longestCall(),
                pipeline.isRetrying(),
                pipeline.outage(),
                lastSign,
                silentAfter)
            .at(now);
    String notes = life.hasFinished() ? "" : CredentialsNotes.of(credentials, now);
    return new SubscriptionHealth(
        health.ready(), health.live(), health.reason(), health.detail() + notes);
  }

  /** Why it is not subscribed after so long. */
  NHubException notSubscribed(Duration timeout) {
    String what = "Not subscribed within " + DurationText.of(timeout);
    if (pipeline.delaysSubscription()) {
      return new ConnectionException(
          StreamErrorCode.CONNECT_TIMEOUT,
          ConnectionPhase.SUBSCRIBE,
          what + ": " + HealthCheck.delay(pipeline.isPaused()),
          null);
    }
    NHubException failure = life.lastFailure();
    return failure != null
        ? failure
        : new ConnectionException(
            StreamErrorCode.CONNECT_TIMEOUT, ConnectionPhase.PREPARE, what + ".", null);
  }
}
