package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what a source of credentials says to the subscriptions, and what the bridge says of them
 * back to the source. Credentials that did not come into use are offered again, less and less
 * often: the network may have failed meanwhile, or the platform may learn of a certificate late.
 * Thread-safe.
 */
public final class CredentialsFeed implements CredentialsSource.Recipient, Verdicts {
  private static final Logger log = LoggerFactory.getLogger(CredentialsFeed.class);

  /** After a failure of the network. */
  private static final ExponentialBackoff TRANSIENT =
      new ExponentialBackoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

  /** After a refusal. */
  private static final ExponentialBackoff TERMINAL =
      new ExponentialBackoff(Duration.ofMinutes(10), Duration.ofHours(2));

  private final InstantSource clock;
  private final List<Consumer<Subscriptions>> early = new ArrayList<>();
  private CredentialsSource.@Nullable Supply supply;
  private @Nullable Subscriptions subscriptions;
  private @Nullable ScheduledExecutorService control;
  private @Nullable Credentials latest;
  private @Nullable ScheduledFuture<?> again;
  private int failures;

  /** A feed that begins with a source, before there is a client. */
  public CredentialsFeed(CredentialsSource source, InstantSource clock) {
    this.clock = clock;
    CredentialsSource.Supply begun = source.begin(this);
    Credentials first = begun.first();
    synchronized (this) {
      supply = begun;
      latest = latest == null ? first : latest; // It may have offered others by now.
    }
  }

  /**
   * The client is there; it hears what has happened meanwhile, and under the lock, so that nothing
   * newer overtakes that. It has no subscriptions yet that could call back.
   */
  synchronized void connect(Subscriptions client, ScheduledExecutorService timers) {
    control = timers;
    early.forEach(each -> each.accept(client));
    early.clear();
    subscriptions = client;
  }

  /** The credentials to begin with. */
  Credentials first() {
    return source().first();
  }

  /** Whether the source renews, so that nobody needs to be reminded. */
  boolean renews() {
    return source().renews();
  }

  /** Ends the source's supply. */
  public void close() {
    guard(source()::close);
  }

  /** A source may be the user's: its fault must not reach the subscriptions. */
  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.error("A source of credentials failed", e);
    }
  }

  private synchronized CredentialsSource.Supply source() {
    if (supply == null) {
      throw new IllegalStateException("The source has not begun");
    }
    return supply;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public void offer(Credentials next) {
    synchronized (this) {
      latest = next;
      failures = 0;
      cancel();
    }
    tell(
        client -> {
          client.noTrouble();
          client.updateCredentials(next);
        });
  }

  @Override
  public void unusable(NHubException cause) {
    tell(
        client ->
            client.trouble(cause, at -> new SubscriptionEvent.CredentialsUnusable(at, cause)));
  }

  @Override
  public void recovered() {
    tell(Subscriptions::noTrouble);
  }

  @Override
  public void renewalFailed(NHubException cause, Duration retryIn) {
    tell(
        client ->
            client.trouble(cause, at -> new SubscriptionEvent.RenewalFailed(at, cause, retryIn)));
  }

  @Override
  public void revoked(String certificateId, boolean toMakeRoom) {
    Function<Instant, SubscriptionEvent> event =
        at -> new SubscriptionEvent.FormerCertificateRevoked(at, certificateId, toMakeRoom);
    tell(client -> client.report(event));
  }

  private void tell(Consumer<Subscriptions> news) {
    Subscriptions client;
    synchronized (this) {
      client = subscriptions;
      if (client == null) {
        early.add(news);
      }
    }
    if (client != null) {
      news.accept(client);
    }
  }

  @Override
  public void accepted(Credentials credentials) {
    synchronized (this) {
      if (Objects.equals(credentials, latest)) {
        failures = 0;
        cancel();
      }
    }
    guard(() -> source().accepted(credentials));
  }

  @Override
  public void refused(Credentials credentials, NHubException cause) {
    guard(() -> source().refused(credentials, cause));
    synchronized (this) {
      ScheduledExecutorService timers = control;
      if (!Objects.equals(credentials, latest) || timers == null || again != null) {
        return;
      }
      Duration delay = (cause.isTransient() ? TRANSIENT : TERMINAL).after(++failures);
      try {
        again =
            timers.schedule(() -> offerAgain(credentials), delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // The client is closed.
      }
    }
  }

  private void offerAgain(Credentials credentials) {
    Subscriptions client;
    synchronized (this) {
      again = null;
      client = Objects.equals(credentials, latest) ? subscriptions : null;
    }
    if (client != null) {
      client.offerAgain(credentials);
    }
  }

  private void cancel() {
    if (again != null) {
      again.cancel(false);
      again = null;
    }
  }
}
