package io.nnnco.nhub.stream.internal.connection;

import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.CONNECT_DEADLINE;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.DISCONNECT_DEADLINE;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.RETRY;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.STABLE;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Abort;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.AdoptCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.CancelTimer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Disconnect;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Drain;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.DropCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Emit;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Finish;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Open;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.OpenBeside;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.SetTimer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.CloseRequested;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Connected;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Drained;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.GiveUp;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.NewCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Subscribed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to connect, to wait and to give up. Pure: an event and the time go in, effects come
 * out. Not thread-safe; the shell calls it on one thread.
 */
public final class ConnectionMachine {
  private static final Duration STABLE_AFTER = Duration.ofMinutes(1);
  private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final SubscribeOptions options;
  private final Backoff backoff;
  private final ShortLives shortLives;
  private final GivenUp givenUp = new GivenUp();
  private final Outage outage = new Outage();
  private final List<ConnectionEffect> effects = new ArrayList<>();
  private SubscriptionState state = SubscriptionState.CONNECTING;
  private int lastConnectionId;
  private Attempt current = new Attempt(0);
  private @Nullable Attempt beside;
  private boolean replacing;
  private boolean forget;
  private boolean disconnecting;
  private boolean everSubscribed;
  private Instant lastContact = Instant.EPOCH;
  private int attempts;

  /**
   * A machine that has not started.
   *
   * @param options durations, policies, durability
   * @param random even between 0 and 1, for the jitter
   */
  public ConnectionMachine(SubscribeOptions options, DoubleSupplier random) {
    this.options = options;
    this.backoff = new Backoff(options.reconnectPolicy(), random);
    this.shortLives = new ShortLives(options.durableName());
  }

  /** The state of the subscription. */
  public SubscriptionState state() {
    return state;
  }

  /** The current connection; another may be attempted beside it. */
  public int connectionId() {
    return current.connectionId();
  }

  /**
   * Takes an event; the effects are to be carried out in their order.
   *
   * @param lastContact the time up to which everything sent is known to have arrived on the current
   *     connection
   */
  public List<ConnectionEffect> on(ConnectionEvent event, Instant now, Instant lastContact) {
    effects.clear();
    this.lastContact = lastContact;
    if (state != SubscriptionState.CLOSED) {
      handle(event, now);
    }
    return List.copyOf(effects);
  }

  private void handle(ConnectionEvent event, Instant now) {
    if (event instanceof Start) {
      connect(now);
    } else if (event instanceof Connected at) {
      accepted(at);
    } else if (event instanceof Subscribed at) {
      granted(at, now);
    } else if (event instanceof Closed at) {
      ended(at, now);
    } else if (event instanceof TimerFired fired) {
      timer(fired, now);
    } else if (event instanceof NewCredentials replacement) {
      newCredentials(replacement.phase(), now);
    } else if (event instanceof GiveUp failure) {
      effects.add(new Abort(connectionId()));
      abortBeside();
      finish(failure.cause(), now);
    } else if (event instanceof CloseRequested close) {
      closeRequested(close);
    } else if (event instanceof Drained && state == SubscriptionState.DRAINING) {
      drained(now);
    }
  }

  private void accepted(Connected at) {
    Attempt second = beside;
    if (at.connectionId() == connectionId()) {
      current.accepted(at.sessionPresent());
      outage.connected(at.sessionPresent());
    } else if (second != null && at.connectionId() == second.connectionId()) {
      second.accepted(at.sessionPresent());
    }
  }

  private void granted(Subscribed at, Instant now) {
    Attempt second = beside;
    if (at.connectionId() == connectionId()) {
      subscribed(now);
    } else if (second != null && at.connectionId() == second.connectionId()) {
      effects.add(new Abort(connectionId()));
      outage.began(lastContact);
      takePlace(second);
      effects.add(new AdoptCredentials());
      effects.add(new CancelTimer(CONNECT_DEADLINE));
      effects.add(new SetTimer(STABLE, connectionId(), STABLE_AFTER));
      effects.add(new Emit(new SubscriptionEvent.CredentialsReplaced(now)));
      outage.ended(now).ifPresent(lost -> effects.add(new Emit(lost)));
    }
  }

  private void ended(Closed at, Instant now) {
    Attempt second = beside;
    NHubException failure = at.failure();
    if (at.connectionId() == connectionId()) {
      closed(failure, now);
    } else if (second != null && at.connectionId() == second.connectionId() && failure != null) {
      besideFailed(second, failure, now);
    }
  }

  /** Make before break: the server ends the old connection when it accepts the new one. */
  private void newCredentials(ConnectionPhase reached, Instant now) {
    switch (state) {
      case SUBSCRIBED -> {
        if (beside != null) {
          giveUp(beside, reached, now);
        }
        beside = new Attempt(++lastConnectionId);
        effects.add(new SetTimer(CONNECT_DEADLINE, lastConnectionId, options.connectTimeout()));
        effects.add(new OpenBeside(lastConnectionId));
      }
      case CONNECTING, WAITING, REFUSED -> {
        giveUp(current, reached, now);
        effects.add(new CancelTimer(RETRY));
        effects.add(new AdoptCredentials());
        connect(now);
      }
      case DRAINING, CLOSED -> {}
    }
  }

  private void giveUp(Attempt attempt, ConnectionPhase reached, Instant now) {
    effects.add(new Abort(attempt.connectionId()));
    givenUp.add(reached, now);
  }

  private void besideFailed(Attempt second, NHubException failure, Instant now) {
    beside = null;
    if (second.connected()) {
      // It had already taken the session over, so the old connection is useless.
      effects.add(new Abort(connectionId()));
      outage.began(lastContact);
      outage.connected(second.sessionPresent());
      replacementFailed(failure, now);
    } else {
      givenUp.add(failure, now);
      effects.add(new CancelTimer(CONNECT_DEADLINE));
      dropCredentials(failure, now);
    }
  }

  /** Neither connection is left: continue with the credentials that have worked before. */
  private void replacementFailed(NHubException failure, Instant now) {
    replacing = false;
    dropCredentials(failure, now);
    waitToRetry(failure, now);
  }

  private void dropCredentials(NHubException failure, Instant now) {
    effects.add(new DropCredentials());
    effects.add(new Emit(new SubscriptionEvent.CredentialsRefused(now, failure)));
  }

  private void takePlace(Attempt second) {
    current = second;
    beside = null;
    if (second.connected()) {
      outage.connected(second.sessionPresent());
    }
  }

  private void abortBeside() {
    if (beside != null) {
      effects.add(new Abort(beside.connectionId()));
      beside = null;
    }
  }

  private void connect(Instant now) {
    state = SubscriptionState.CONNECTING;
    current = new Attempt(++lastConnectionId);
    replacing = false;
    effects.add(new Emit(new SubscriptionEvent.Connecting(now, ++attempts)));
    effects.add(new SetTimer(CONNECT_DEADLINE, connectionId(), options.connectTimeout()));
    effects.add(new Open(connectionId(), options.durableName() == null && !everSubscribed));
  }

  private void subscribed(Instant now) {
    if (state != SubscriptionState.CONNECTING) {
      return;
    }
    state = SubscriptionState.SUBSCRIBED;
    attempts = 0;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new SetTimer(STABLE, connectionId(), STABLE_AFTER));
    if (replacing) {
      effects.add(new AdoptCredentials());
    }
    effects.add(
        new Emit(
            replacing
                ? new SubscriptionEvent.CredentialsReplaced(now)
                : new SubscriptionEvent.Subscribed(now, current.sessionPresent())));
    outage.ended(now).ifPresent(lost -> effects.add(new Emit(lost)));
    replacing = false;
    everSubscribed = true;
  }

  private void closed(@Nullable NHubException failure, Instant now) {
    current.ended();
    if (disconnecting) {
      finish(null, now);
    } else if (failure != null && isUp()) {
      if (state == SubscriptionState.SUBSCRIBED) {
        outage.began(lastContact);
        shortLives.ended(failure);
      }
      Attempt second = beside;
      if (second != null) {
        // It has already been taken over, most likely by the SDK's own second connection.
        state = SubscriptionState.CONNECTING;
        replacing = true;
        takePlace(second);
      } else {
        failed(failure, now);
      }
    }
  }

  private void failed(NHubException failure, Instant now) {
    givenUp.add(failure, now);
    Optional<ConnectionException> ourOwn = givenUp.explain(failure, now);
    if (replacing && (ourOwn.isPresent() || !(failure instanceof SessionTakenOverException))) {
      replacementFailed(failure, now);
    } else if (ourOwn.isPresent()) {
      waitToRetry(ourOwn.get(), now);
    } else if (!Severity.isTerminal(failure, everSubscribed)) {
      waitToRetry(shortLives.suspecting(failure), now);
    } else if (options.awaitCredentials() && Severity.isOfCredentials(failure)) {
      refused(failure, now);
    } else {
      finish(failure, now);
    }
  }

  private void refused(NHubException failure, Instant now) {
    state = SubscriptionState.REFUSED;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(STABLE));
    effects.add(new Emit(new SubscriptionEvent.CredentialsRefused(now, failure)));
  }

  private boolean isUp() {
    return state == SubscriptionState.CONNECTING || state == SubscriptionState.SUBSCRIBED;
  }

  private void waitToRetry(NHubException failure, Instant now) {
    state = SubscriptionState.WAITING;
    Duration wait = Severity.isUnproven(failure) ? backoff.slowest() : backoff.next();
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(STABLE));
    effects.add(new SetTimer(RETRY, connectionId(), wait));
    effects.add(new Emit(new SubscriptionEvent.Disconnected(now, failure, wait)));
  }

  private void timer(TimerFired fired, Instant now) {
    Attempt second = beside;
    if (second != null
        && fired.connectionId() == second.connectionId()
        && fired.timer() == CONNECT_DEADLINE) {
      giveUp(second, fired.phase(), now);
      besideFailed(second, second.tooSlow(fired.phase(), options.connectTimeout()), now);
    }
    if (fired.connectionId() != connectionId()) {
      return;
    }
    switch (fired.timer()) {
      case CONNECT_DEADLINE -> {
        if (state == SubscriptionState.CONNECTING) {
          giveUp(current, fired.phase(), now);
          NHubException tooSlow = current.tooSlow(fired.phase(), options.connectTimeout());
          if (replacing) {
            replacementFailed(tooSlow, now);
          } else {
            waitToRetry(tooSlow, now);
          }
        }
      }
      case RETRY -> {
        if (state == SubscriptionState.WAITING) {
          connect(now);
        }
      }
      case STABLE -> {
        backoff.reset();
        shortLives.reset();
      }
      case DISCONNECT_DEADLINE -> {
        if (state == SubscriptionState.DRAINING) {
          effects.add(new Abort(connectionId()));
          finish(null, now);
        }
      }
    }
  }

  private void closeRequested(CloseRequested close) {
    forget |= close.forget();
    if (state == SubscriptionState.DRAINING) {
      return;
    }
    abortBeside();
    if (state != SubscriptionState.SUBSCRIBED) {
      current.ended();
      effects.add(new Abort(connectionId()));
    }
    state = SubscriptionState.DRAINING;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(RETRY));
    effects.add(new CancelTimer(STABLE));
    effects.add(new Drain());
  }

  private void drained(Instant now) {
    if (!current.connected()) {
      finish(null, now);
    } else if (!disconnecting) {
      disconnecting = true;
      effects.add(new SetTimer(DISCONNECT_DEADLINE, connectionId(), DISCONNECT_TIMEOUT));
      effects.add(new Disconnect(connectionId(), forget || options.durableName() == null));
    }
  }

  private void finish(@Nullable NHubException cause, Instant now) {
    state = SubscriptionState.CLOSED;
    for (ConnectionEvent.Timer timer : ConnectionEvent.Timer.values()) {
      effects.add(new CancelTimer(timer));
    }
    effects.add(new Emit(new SubscriptionEvent.Closed(now, cause)));
    effects.add(new Finish(cause));
  }
}
