package io.nnnco.nhub.stream.internal.connection;

import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.CONNECT_DEADLINE;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.DISCONNECT_DEADLINE;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.RETRY;
import static io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer.STABLE;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.ConnectTimeoutException;
import io.nnnco.nhub.stream.ConnectionLostException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.SessionTakenOverException;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
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
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to connect, to wait and to give up. Pure: an event and the time go in, effects come
 * out. Not thread-safe; the shell calls it on one thread.
 */
public final class ConnectionMachine {
  private static final Duration STABLE_AFTER = Duration.ofMinutes(1);
  private static final int SUSPICIOUS = 4;
  private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final SubscribeOptions options;
  private final Backoff backoff;
  private final List<ConnectionEffect> effects = new ArrayList<>();
  private SubscriptionState state = SubscriptionState.CONNECTING;
  private int lastEpoch;
  private int epoch;
  private int beside;
  private boolean besideConnected;
  private boolean besideSession;
  private boolean replacing;
  private boolean forget;
  private boolean connected;
  private boolean disconnecting;
  private boolean sessionPresent;
  private boolean everSubscribed;
  private @Nullable Instant lostAt;
  private int shortLives;
  private int attempts;

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
    } else if (event instanceof Connected at) {
      accepted(at);
    } else if (event instanceof Subscribed at) {
      granted(at, now);
    } else if (event instanceof Closed at) {
      ended(at, now);
    } else if (event instanceof TimerFired fired) {
      timer(fired, now);
    } else if (event instanceof NewCredentials) {
      newCredentials(now);
    } else if (event instanceof GiveUp failure) {
      abortAll();
      finish(failure.cause(), now);
    } else if (event instanceof CloseRequested close) {
      closeRequested(close);
    } else if (event instanceof Drained && state == SubscriptionState.DRAINING) {
      drained(now);
    }
  }

  private void accepted(Connected at) {
    if (at.epoch() == epoch) {
      connected = true;
      sessionPresent = at.sessionPresent();
    } else if (at.epoch() == beside) {
      besideConnected = true;
      besideSession = at.sessionPresent();
    }
  }

  private void granted(Subscribed at, Instant now) {
    if (at.epoch() == epoch) {
      subscribed(now);
    } else if (at.epoch() == beside) {
      effects.add(new Abort(epoch));
      replaceConnection();
      effects.add(new AdoptCredentials());
      effects.add(new CancelTimer(CONNECT_DEADLINE));
      effects.add(new SetTimer(STABLE, epoch, STABLE_AFTER));
      effects.add(new Emit(new StreamEvent.CredentialsReplaced(now)));
      if (!sessionPresent) {
        effects.add(new Emit(new StreamEvent.SessionLost(now, now, now)));
      }
    }
  }

  private void ended(Closed at, Instant now) {
    if (at.epoch() == epoch) {
      closed(at.failure(), now);
    } else if (at.epoch() == beside && at.failure() != null) {
      besideFailed(at.failure(), now);
    }
  }

  /** Make before break: the server ends the old connection when it accepts the new one. */
  private void newCredentials(Instant now) {
    switch (state) {
      case SUBSCRIBED -> {
        if (beside != 0) {
          effects.add(new Abort(beside));
        }
        beside = ++lastEpoch;
        besideConnected = false;
        effects.add(new SetTimer(CONNECT_DEADLINE, beside, options.connectTimeout()));
        effects.add(new OpenBeside(beside));
      }
      case CONNECTING, WAITING, REFUSED -> {
        effects.add(new Abort(epoch));
        effects.add(new CancelTimer(RETRY));
        effects.add(new AdoptCredentials());
        connect(now);
      }
      case DRAINING, CLOSED -> {}
    }
  }

  private void besideFailed(NHubException failure, Instant now) {
    beside = 0;
    if (besideConnected) {
      // It had taken the session over already, so the old connection is good for nothing.
      effects.add(new Abort(epoch));
      lostAt = now;
      replacementFailed(failure, now);
    } else {
      effects.add(new CancelTimer(CONNECT_DEADLINE));
      dropCredentials(failure, now);
    }
  }

  /** Neither connection stands: on with the credentials that have worked before. */
  private void replacementFailed(NHubException failure, Instant now) {
    replacing = false;
    dropCredentials(failure, now);
    waitToRetry(failure, now);
  }

  private void dropCredentials(NHubException failure, Instant now) {
    effects.add(new DropCredentials());
    effects.add(new Emit(new StreamEvent.CredentialsRefused(now, failure)));
  }

  private void replaceConnection() {
    epoch = beside;
    beside = 0;
    connected = besideConnected;
    sessionPresent = besideSession;
  }

  private void abortAll() {
    effects.add(new Abort(epoch));
    if (beside != 0) {
      effects.add(new Abort(beside));
      beside = 0;
    }
  }

  private void connect(Instant now) {
    state = SubscriptionState.CONNECTING;
    epoch = ++lastEpoch;
    replacing = false;
    connected = false;
    effects.add(new Emit(new StreamEvent.Connecting(now, ++attempts)));
    effects.add(new SetTimer(CONNECT_DEADLINE, epoch, options.connectTimeout()));
    effects.add(new Open(epoch, options.durableName() == null && !everSubscribed));
  }

  private void subscribed(Instant now) {
    if (state != SubscriptionState.CONNECTING) {
      return;
    }
    state = SubscriptionState.SUBSCRIBED;
    attempts = 0;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new SetTimer(STABLE, epoch, STABLE_AFTER));
    if (replacing) {
      effects.add(new AdoptCredentials());
    }
    effects.add(
        new Emit(
            replacing
                ? new StreamEvent.CredentialsReplaced(now)
                : new StreamEvent.Subscribed(now, sessionPresent)));
    if (lostAt != null && !sessionPresent) {
      effects.add(new Emit(new StreamEvent.SessionLost(now, lostAt, now)));
    }
    lostAt = null;
    replacing = false;
    everSubscribed = true;
  }

  private void closed(@Nullable NHubException failure, Instant now) {
    connected = false;
    if (disconnecting) {
      finish(null, now);
    } else if (failure != null && isUp()) {
      if (state == SubscriptionState.SUBSCRIBED) {
        lostAt = now;
        shortLives += failure instanceof ConnectionLostException ? 1 : 0;
      }
      if (beside != 0) {
        // Its place is taken already, most likely by that very connection of ours.
        state = SubscriptionState.CONNECTING;
        replacing = true;
        replaceConnection();
      } else if (replacing && !(failure instanceof SessionTakenOverException)) {
        replacementFailed(failure, now);
      } else if (!Severity.isTerminal(failure, everSubscribed)) {
        waitToRetry(suspecting(failure), now);
      } else if (options.awaitCredentials() && Severity.isOfCredentials(failure)) {
        refused(failure, now);
      } else {
        finish(failure, now);
      }
    }
  }

  /** Not every server says that another client took the session; then only the pattern tells. */
  private NHubException suspecting(NHubException failure) {
    if (options.durableName() == null
        || shortLives < SUSPICIOUS
        || !(failure instanceof ConnectionLostException lost)) {
      return failure;
    }
    return new ConnectionLostException(
        lost.phase(),
        "The connection broke soon after it stood, for the "
            + shortLives
            + "th time in a row: another client may be using the durable name "
            + options.durableName()
            + ".",
        lost);
  }

  private void refused(NHubException failure, Instant now) {
    state = SubscriptionState.REFUSED;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(STABLE));
    effects.add(new Emit(new StreamEvent.CredentialsRefused(now, failure)));
  }

  private boolean isUp() {
    return state == SubscriptionState.CONNECTING || state == SubscriptionState.SUBSCRIBED;
  }

  private void waitToRetry(NHubException failure, Instant now) {
    state = SubscriptionState.WAITING;
    Duration wait = Severity.isUnproven(failure) ? backoff.slowest() : backoff.next();
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(STABLE));
    effects.add(new SetTimer(RETRY, epoch, wait));
    effects.add(new Emit(new StreamEvent.Disconnected(now, failure, wait)));
  }

  private void timer(TimerFired fired, Instant now) {
    if (fired.epoch() == beside && fired.timer() == CONNECT_DEADLINE) {
      effects.add(new Abort(beside));
      besideFailed(timeout(fired.phase()), now);
    }
    if (fired.epoch() != epoch) {
      return;
    }
    switch (fired.timer()) {
      case CONNECT_DEADLINE -> {
        if (state == SubscriptionState.CONNECTING) {
          effects.add(new Abort(epoch));
          if (replacing) {
            replacementFailed(timeout(fired.phase()), now);
          } else {
            waitToRetry(timeout(fired.phase()), now);
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
        shortLives = 0;
      }
      case DISCONNECT_DEADLINE -> {
        if (state == SubscriptionState.DRAINING) {
          effects.add(new Abort(epoch));
          finish(null, now);
        }
      }
    }
  }

  private ConnectTimeoutException timeout(Phase phase) {
    return new ConnectTimeoutException(
        phase,
        "Not connected within "
            + DurationText.of(options.connectTimeout())
            + ", stuck in "
            + phase
            + ".",
        null);
  }

  private void closeRequested(CloseRequested close) {
    forget |= close.forget();
    if (state == SubscriptionState.DRAINING) {
      return;
    }
    if (beside != 0) {
      effects.add(new Abort(beside));
      beside = 0;
    }
    if (state != SubscriptionState.SUBSCRIBED) {
      connected = false;
      effects.add(new Abort(epoch));
    }
    state = SubscriptionState.DRAINING;
    effects.add(new CancelTimer(CONNECT_DEADLINE));
    effects.add(new CancelTimer(RETRY));
    effects.add(new CancelTimer(STABLE));
    effects.add(new Drain());
  }

  private void drained(Instant now) {
    if (!connected) {
      finish(null, now);
    } else if (!disconnecting) {
      disconnecting = true;
      effects.add(new SetTimer(DISCONNECT_DEADLINE, epoch, DISCONNECT_TIMEOUT));
      effects.add(new Disconnect(epoch, forget || options.durableName() == null));
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
