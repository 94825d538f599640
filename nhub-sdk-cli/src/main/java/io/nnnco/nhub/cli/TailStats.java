package io.nnnco.nhub.cli;

import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionStats;

/** Displays once a second how a subscription is doing. */
final class TailStats implements AutoCloseable {
  private final Subscription subscription;
  private final Display display;
  private final Ticker ticker;
  private final MessageRate rate;
  private Ticker.Ticking ticking = () -> {};
  private boolean closed;

  TailStats(Subscription subscription, Display display, Ticker ticker) {
    this.subscription = subscription;
    this.display = display;
    this.ticker = ticker;
    rate = new MessageRate(ticker.nanos());
  }

  synchronized void start() {
    ticking = ticker.everySecond(this::tick);
  }

  private synchronized void tick() {
    if (!closed) {
      SubscriptionStats now = subscription.stats();
      double perSecond = rate.sample(ticker.nanos(), now.received());
      display.status(new StatsLine(subscription.state(), now, perSecond));
    }
  }

  /** Nothing of it is displayed any more. */
  @Override
  public synchronized void close() {
    closed = true;
    ticking.close();
    display.clearStatus();
  }
}
