package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionMachine;
import io.nnnco.nhub.stream.internal.delivery.DeliveryPipeline;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;
import io.nnnco.nhub.stream.internal.log.SubscriptionLog;
import io.nnnco.nhub.stream.internal.recording.FlightRecording;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the connection machine decides, on the control thread. What others tell it is
 * queued for that thread.
 */
final class ConnectionShell {
  private final ClientResources resources;
  private final SubscriptionSpec spec;
  private final DeliveryPipeline pipeline;
  private final SubscriptionLife life;
  private final SubscriptionLog log;
  private final ConnectionMachine machine;
  private final ControlTimers timers;
  private final CredentialsInUse credentials;
  private final Map<Integer, Connection> connections = new HashMap<>();
  private final AtomicReference<@Nullable Duration> drain = new AtomicReference<>();
  private int latest;
  private Duration toldExpiry;
  private String toldId;

  ConnectionShell(
      ClientResources resources,
      SubscriptionSpec spec,
      CredentialsInUse credentials,
      DeliveryPipeline pipeline,
      SubscriptionLife life,
      SubscriptionLog log) {
    this.resources = resources;
    this.spec = spec;
    this.pipeline = pipeline;
    this.life = life;
    this.log = log;
    this.machine = new ConnectionMachine(spec.options(), resources.random());
    this.timers = new ControlTimers(resources.control());
    this.credentials = credentials;
    this.toldExpiry = spec.options().sessionExpiry();
    this.toldId = spec.clientId();
  }

  /** Tells the machine. */
  void post(ConnectionEvent event) {
    try {
      resources.control().execute(() -> handle(event));
    } catch (RejectedExecutionException e) {
      // The client is closed, and has closed this subscription before.
      finish(null);
    }
  }

  /** Tells the machine of other credentials. */
  void update(Offer other) {
    onControl(
        () -> {
          credentials.offer(other);
          handle(new ConnectionEvent.NewCredentials(phase(latest)));
        });
  }

  /** Begins the end; the first caller says how long handlers may take. */
  void close(Duration timeout, boolean forget) {
    drain.compareAndSet(null, timeout);
    post(new ConnectionEvent.CloseRequested(forget));
  }

  /** A connection has ended; no failure after a disconnect of ours. */
  void closed(int connectionId, @Nullable NHubException failure) {
    post(new ConnectionEvent.Closed(connectionId, failure));
    onControl(() -> connections.remove(connectionId));
  }

  void report(Function<Instant, SubscriptionEvent> event) {
    onControl(() -> life.onEvent(event.apply(now())));
  }

  /** Reports the terms where they are not those that were asked for, or last reported. */
  void reportTerms(Duration sessionExpiry, String usedId) {
    onControl(
        () -> {
          if (!sessionExpiry.equals(toldExpiry) || !usedId.equals(toldId)) {
            toldExpiry = sessionExpiry;
            toldId = usedId;
            life.onEvent(new SubscriptionEvent.SessionTerms(now(), sessionExpiry, usedId));
          }
        });
  }

  private void onControl(Runnable task) {
    try {
      resources.control().execute(task);
    } catch (RejectedExecutionException e) {
      // The client is closed, and this subscription with it: nobody listens any more.
    }
  }

  private void handle(ConnectionEvent event) {
    Instant now = now();
    var effects = machine.on(event, now, lastContact(now));
    life.enter(machine.state());
    effects.forEach(this::carryOut);
    life.signal();
  }

  private void carryOut(ConnectionEffect effect) {
    if (effect instanceof ConnectionEffect.Open open) {
      open(open.connectionId(), credentials.current(), open.cleanStart());
    } else if (effect instanceof ConnectionEffect.OpenBeside open) {
      openBeside(open.connectionId());
    } else if (effect instanceof ConnectionEffect.AdoptCredentials) {
      credentials.adopt();
    } else if (effect instanceof ConnectionEffect.DropCredentials) {
      credentials.drop();
    } else if (effect instanceof ConnectionEffect.Abort abort) {
      with(abort.connectionId(), Connection::abort);
    } else if (effect instanceof ConnectionEffect.Disconnect bye) {
      with(bye.connectionId(), connection -> connection.disconnect(bye.endSession()));
    } else if (effect instanceof ConnectionEffect.SetTimer set) {
      setTimer(set.timer(), set.connectionId(), set.after());
    } else if (effect instanceof ConnectionEffect.CancelTimer cancel) {
      timers.cancel(cancel.timer());
    } else if (effect instanceof ConnectionEffect.Emit emit) {
      emit(emit.event());
    } else if (effect instanceof ConnectionEffect.Drain) {
      drain();
    } else if (effect instanceof ConnectionEffect.Finish finish) {
      finish(finish.cause());
    }
  }

  private void openBeside(int connectionId) {
    Credentials replacement = credentials.replacement();
    if (replacement != null) {
      open(connectionId, replacement, false);
    }
  }

  private void open(int connectionId, Credentials shown, boolean cleanStart) {
    latest = connectionId;
    if (shown instanceof ClientIdentity identity) {
      FlightRecording.certificate(identity, now());
    }
    try {
      shown.checkValidAt(now());
    } catch (NHubException e) {
      post(new ConnectionEvent.Closed(connectionId, e));
      return;
    }
    Connection connection = new Connection(connectionId, this, pipeline, resources.time().wall());
    connections.put(connectionId, connection);
    connection.open(resources.transports(), request(shown, cleanStart));
  }

  private ConnectRequest request(Credentials shown, boolean cleanStart) {
    SubscribeOptions options = spec.options();
    return new ConnectRequest(
        resources.nhub().mqttHost(),
        resources.nhub().mqttPort(),
        shown,
        spec.clientId(),
        cleanStart,
        options.sessionExpiry(),
        options.keepAlive(),
        options.window(),
        options.topicFilters(),
        options.qos(),
        options.protocol(),
        resources.proxy());
  }

  private void setTimer(ConnectionEvent.Timer timer, int connectionId, Duration after) {
    timers.set(timer, after, () -> fired(timer, connectionId));
  }

  private void fired(ConnectionEvent.Timer timer, int connectionId) {
    Connection connection = connections.get(connectionId);
    if (timer == ConnectionEvent.Timer.CONNECT_DEADLINE && connection != null) {
      Duration ours = connection.takeNotRead(); // The bridge is given that time as well.
      if (!ours.isZero()) {
        setTimer(timer, connectionId, ours);
        return;
      }
      connection.tookTooLong();
    }
    handle(new ConnectionEvent.TimerFired(timer, connectionId, phase(connectionId)));
  }

  private ConnectionPhase phase(int connectionId) {
    Connection connection = connections.get(connectionId);
    return connection == null ? ConnectionPhase.PREPARE : connection.phase();
  }

  private void with(int connectionId, Consumer<Connection> action) {
    Connection connection = connections.get(connectionId);
    if (connection != null) {
      action.accept(connection);
    }
  }

  /**
   * Up to when everything has come: the last byte, and no later than the last message was sent,
   * since younger ones may have been waiting at the bridge.
   */
  private Instant lastContact(Instant now) {
    Connection current = connections.get(machine.connectionId());
    Instant heard = current == null ? now : earlier(now, current.heardAt());
    Instant sent = pipeline.lastSentAt();
    return sent == null ? heard : earlier(heard, sent);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void emit(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Subscribed
        || event instanceof SubscriptionEvent.CredentialsReplaced) {
      with(
          machine.connectionId(),
          connection -> log.connectedWith(connection.version(), credentials.current()));
      life.onEvent(event);
      credentials.accepted();
    } else {
      life.onEvent(event);
    }
  }

  /** Handlers may finish, up to the time that {@link #close} was given. */
  private void drain() {
    Duration time = drain.get();
    pipeline.drain().thenRun(() -> post(new ConnectionEvent.Drained()));
    long nanos = time == null ? 0 : TimeUnit.NANOSECONDS.convert(time);
    resources
        .control()
        .schedule(() -> post(new ConnectionEvent.Drained()), nanos, TimeUnit.NANOSECONDS);
  }

  private void finish(@Nullable NHubException cause) {
    if (life.hasFinished()) {
      return;
    }
    pipeline.abandon();
    if (spec.handler() instanceof SelfPacedHandler selfPaced) {
      selfPaced.ended(cause);
    }
    life.finish(cause);
  }

  private Instant now() {
    return resources.time().wall().instant();
  }
}
