package io.nnnco.nhub.stream.internal.connection;

import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.CONNECT_DEADLINE;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.DISCONNECT_DEADLINE;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.RETRY;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.STABLE;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.ConnectTimeoutException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Abort;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.CancelTimer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Disconnect;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Drain;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Emit;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Finish;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Open;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.SetTimer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.CloseRequested;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Connected;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Drained;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.GiveUp;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Subscribed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private final List<ConnectionEffect> effects = new ArrayList<>();
  private SubscriptionState state = SubscriptionState.CONNECTING;
  private int epoch;
  private boolean connected;
  private boolean disconnecting;
  private boolean sessionPresent;
  private boolean everSubscribed;
  private @Nullable Instant lostAt;

  /**
   * A machine that has not begun.
   *
   * @param options durations, policies, durability
   * @param random even between 0 and 1, for the jitter
   */
  public ConnectionMachine(SubscribeOptions options, DoubleSupplier random) {
    this.options = options;
    this.backoff = new Backoff(options.reconnectPolicy(), random);
  }

  /** Where the subscription is in its life. */
  public SubscriptionState state() {
    return state;
  }

  /** Takes an event; the effects are to be carried out in their order. */
  public List<ConnectionEffect> on(ConnectionEvent event, Instant now) {
    effects.clear();
    if (state != SubscriptionState.CLOSED) {
      handle(event, now);
    }
    return List.copyOf(effects);
  }

  private void handle(ConnectionEvent event, Instant now) {
    if (event instanceof Start) {
      connect(now);
    } else if (event instanceof Connected at && at.epoch() == epoch) {
      connected = true;
      sessionPresent = at.sessionPresent();
    } else if (event instanceof Subscribed at && at.epoch() == epoch) {
      subscribed(now);
    } else if (event instanceof Closed at && at.epoch() == epoch) {
      closed(at.failure(), now);
    } else if (event instanceof TimerFired fired && fired.epoch() == epoch) {
      timer(fired, now);
    } else if (event instanceof GiveUp failure) {
      effects.add(new Abort());
      finish(failure.cause(), now);
    } else if (event instanceof CloseRequested) {
      closeRequested();
    } else if (event instanceof Drained && state == SubscriptionState.DRAINING) {
      drained(now);
    }
  }

  private void connect(Instant now) {
    state = SubscriptionState.CONNECTING;
    epoch++;
    connected = false;
    effects.add(new Emit(new StreamEvent.Connecting(now, backoff.failures() + 1)));
    effects.add(new SetTimer(CONNECT_DEADLINE, epoch, options.connectTimeout()));
    effects.add(new Open(epoch, options.durableName() == null && !everSubscribed));
  }

  private void subscribed(Instant now) {
    if (state != SubscriptionState.CONNECTING) {
      return;
    }
    state = SubscriptionState.SUBSCRIBED;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new SetTimer(STABLE, epoch, STABLE_AFTER));
    effects.add(new Emit(new StreamEvent.Subscribed(now, sessionPresent)));
    if (lostAt != null && !sessionPresent) {
      effects.add(new Emit(new StreamEvent.SessionLost(now, lostAt, now)));
    }
    lostAt = null;
    everSubscribed = true;
  }

  private void closed(@Nullable NHubException failure, Instant now) {
    connected = false;
    if (disconnecting) {
      finish(null, now);
    } else if (failure != null && isUp()) {
      if (state == SubscriptionState.SUBSCRIBED) {
        lostAt = now;
      }
      if (Severity.isTerminal(failure, everSubscribed)) {
        finish(failure, now);
      } else {
        waitToRetry(failure, now);
      }
    }
  }

  private boolean isUp() {
    return state == SubscriptionState.CONNECTING || state == SubscriptionState.SUBSCRIBED;
  }

  private void waitToRetry(NHubException failure, Instant now) {
    state = SubscriptionState.WAITING;
    Duration wait = backoff.next();
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(STABLE));
    effects.add(new SetTimer(RETRY, epoch, wait));
    effects.add(new Emit(new StreamEvent.Disconnected(now, failure, wait)));
  }

  private void timer(TimerFired fired, Instant now) {
    switch (fired.timer()) {
      case CONNECT_DEADLINE -> {
        if (state == SubscriptionState.CONNECTING) {
          effects.add(new Abort());
          waitToRetry(timeout(fired.phase()), now);
        }
      }
      case RETRY -> {
        if (state == SubscriptionState.WAITING) {
          connect(now);
        }
      }
      case STABLE -> backoff.reset();
      case DISCONNECT_DEADLINE -> {
        if (state == SubscriptionState.DRAINING) {
          effects.add(new Abort());
          finish(null, now);
        }
      }
    }
  }

  private ConnectTimeoutException timeout(Phase phase) {
    return new ConnectTimeoutException(
        phase,
        "Not connected within " + options.connectTimeout() + ", stuck in " + phase + ".",
        null);
  }

  private void closeRequested() {
    if (state == SubscriptionState.DRAINING) {
      return;
    }
    boolean live = state == SubscriptionState.SUBSCRIBED;
    if (!live) {
      connected = false;
      effects.add(new Abort());
    }
    state = SubscriptionState.DRAINING;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(RETRY));
    effects.add(new CancelTimer(STABLE));
    effects.add(new Drain());
  }

  private void drained(Instant now) {
    if (connected) {
      disconnecting = true;
      effects.add(new SetTimer(DISCONNECT_DEADLINE, epoch, DISCONNECT_TIMEOUT));
      effects.add(new Disconnect(options.durableName() == null));
    } else {
      finish(null, now);
    }
  }

  private void finish(@Nullable NHubException cause, Instant now) {
    state = SubscriptionState.CLOSED;
    for (ConnectionEvent.Timer timer : ConnectionEvent.Timer.values()) {
      effects.add(new CancelTimer(timer));
    }
    effects.add(new Emit(new StreamEvent.Closed(now, cause)));
    effects.add(new Finish(cause));
  }
}
