package io.nnnco.nhub.stream.internal.adapter;

import io.nnnco.nhub.stream.DeliveredMessage;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** Starts a subscription for each subscriber. */
public final class MessagePublisher implements Flow.Publisher<DeliveredMessage> {
  private final Opener opener;
  private final Executor workers;

  /** A publisher that signals on these threads. */
  public MessagePublisher(Opener opener, Executor workers) {
    this.opener = opener;
    this.workers = workers;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super DeliveredMessage> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    new PublishedSubscription(subscriber, workers).begin(opener);
  }
}
