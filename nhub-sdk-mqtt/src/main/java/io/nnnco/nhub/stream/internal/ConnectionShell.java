package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionMachine;
import io.nnnco.nhub.stream.internal.delivery.DeliveryPipeline;
import io.nnnco.nhub.stream.internal.delivery.Intake;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the connection machine decides. All of it runs on the control thread, but for
 * what a transport tells: messages go straight to the pipeline.
 */
final class ConnectionShell {
  private final ClientResources environment;
  private final SubscribeOptions options;
  private final String clientId;
  private final DeliveryPipeline pipeline;
  private final Owner owner;
  private final ConnectionMachine machine;
  private final Map<ConnectionEvent.Timer, ScheduledFuture<?>> timers =
      new EnumMap<>(ConnectionEvent.Timer.class);
  private final Map<Integer, ConnectionListener> connections = new HashMap<>();
  private int latest;
  private volatile SubscriptionState state = SubscriptionState.CONNECTING;
  private Offer shown;
  private @Nullable Offer replacement;
  private Duration toldExpiry;
  private String toldId;

  /** What the shell needs of its subscription; called on the control thread. */
  interface Owner {
    /** Something happened. */
    void onEvent(SubscriptionEvent event);

    /** The state may have changed. */
    void onState();

    /** Handlers are to finish; post {@code Drained} when they have. */
    void onDrain();

    /** The end. */
    void onFinish(@Nullable NHubException cause);
  }

  ConnectionShell(
      ClientResources environment,
      SubscribeOptions options,
      Credentials credentials,
      String clientId,
      DeliveryPipeline pipeline,
      Owner owner) {
    this.environment = environment;
    this.options = options;
    this.shown = new Offer(credentials, () -> {});
    this.clientId = clientId;
    this.toldExpiry = options.sessionExpiry();
    this.toldId = clientId;
    this.pipeline = pipeline;
    this.owner = owner;
    this.machine = new ConnectionMachine(options, environment.random());
  }

  SubscriptionState state() {
    return state;
  }

  /** Tells the machine, on the control thread. */
  void post(ConnectionEvent event) {
    try {
      environment.control().execute(() -> handle(event));
    } catch (RejectedExecutionException e) {
      // The client is closed, and has closed this subscription before.
      owner.onFinish(null);
    }
  }

  private void handle(ConnectionEvent event) {
    Instant now = now();
    var effects = machine.on(event, now, lastContact(now));
    state = machine.state();
    effects.forEach(this::carryOut);
    owner.onState();
  }

  /** Tells the machine of other credentials. */
  void update(Offer other) {
    onControl(
        () -> {
          replacement = other;
          handle(new ConnectionEvent.NewCredentials(phase(latest)));
        });
  }

  private void carryOut(ConnectionEffect effect) {
    if (effect instanceof ConnectionEffect.Open open) {
      open(open.connectionId(), shown.credentials(), open.cleanStart());
    } else if (effect instanceof ConnectionEffect.OpenBeside open && replacement != null) {
      open(open.connectionId(), replacement.credentials(), false);
    } else if (effect instanceof ConnectionEffect.AdoptCredentials && replacement != null) {
      shown = replacement;
      replacement = null;
    } else if (effect instanceof ConnectionEffect.DropCredentials) {
      replacement = null;
    } else if (effect instanceof ConnectionEffect.Abort abort) {
      withTransport(abort.connectionId(), Transport::abort);
    } else if (effect instanceof ConnectionEffect.Disconnect bye) {
      withTransport(bye.connectionId(), transport -> transport.disconnect(bye.endSession()));
    } else if (effect instanceof ConnectionEffect.SetTimer set) {
      setTimer(set.timer(), set.connectionId(), set.after());
    } else if (effect instanceof ConnectionEffect.CancelTimer cancel) {
      cancel(cancel.timer());
    } else if (effect instanceof ConnectionEffect.Emit emit) {
      emit(emit.event());
    } else if (effect instanceof ConnectionEffect.Drain) {
      owner.onDrain();
    } else if (effect instanceof ConnectionEffect.Finish finish) {
      owner.onFinish(finish.cause());
    }
  }

  private void emit(SubscriptionEvent event) {
    owner.onEvent(event);
    if (event instanceof SubscriptionEvent.Subscribed
        || event instanceof SubscriptionEvent.CredentialsReplaced) {
      shown.accepted().run();
    }
  }

  private void withTransport(int connectionId, Consumer<Transport> action) {
    ConnectionListener of = connections.get(connectionId);
    Transport transport = of == null ? null : of.transport;
    if (transport != null) {
      action.accept(transport);
    }
  }

  private void open(int connectionId, Credentials shown, boolean cleanStart) {
    latest = connectionId;
    try {
      shown.checkValidAt(now());
    } catch (NHubException e) {
      post(new ConnectionEvent.Closed(connectionId, e));
      return;
    }
    ConnectionListener listener = new ConnectionListener(connectionId);
    Transport opened = environment.transports().create(request(shown, cleanStart), listener);
    listener.transport = opened;
    connections.put(connectionId, listener);
    opened.open();
  }

  private ConnectRequest request(Credentials shown, boolean cleanStart) {
    return new ConnectRequest(
        environment.nhub().mqttHost(),
        environment.nhub().mqttPort(),
        shown,
        clientId,
        cleanStart,
        options.sessionExpiry(),
        options.keepAlive(),
        options.window(),
        options.topicFilters(),
        options.qos(),
        options.protocol(),
        environment.proxy());
  }

  /** Says so where the terms are not those that it was asked for, or last told. */
  private void tellTerms(Duration sessionExpiry, String usedId) {
    if (!sessionExpiry.equals(toldExpiry) || !usedId.equals(toldId)) {
      toldExpiry = sessionExpiry;
      toldId = usedId;
      owner.onEvent(new SubscriptionEvent.SessionTerms(now(), sessionExpiry, usedId));
    }
  }

  private void setTimer(ConnectionEvent.Timer timer, int connectionId, Duration after) {
    cancel(timer);
    timers.put(
        timer,
        environment
            .control()
            .schedule(() -> fired(timer, connectionId), after.toNanos(), TimeUnit.NANOSECONDS));
  }

  private void fired(ConnectionEvent.Timer timer, int connectionId) {
    ConnectionListener of = connections.get(connectionId);
    Transport transport = of == null ? null : of.transport;
    if (timer == ConnectionEvent.Timer.CONNECT_DEADLINE && transport != null) {
      Duration ours = pipeline.takeNotRead(transport); // The bridge is given that time as well.
      if (!ours.isZero()) {
        setTimer(timer, connectionId, ours);
        return;
      }
    }
    handle(new ConnectionEvent.TimerFired(timer, connectionId, phase(connectionId)));
  }

  private ConnectionPhase phase(int connectionId) {
    ConnectionListener of = connections.get(connectionId);
    Transport transport = of == null ? null : of.transport;
    return transport == null ? ConnectionPhase.PREPARE : transport.phase();
  }

  /**
   * Up to when everything has come: the last byte, and no later than the last message was sent,
   * since younger ones may have been waiting at the bridge.
   */
  private Instant lastContact(Instant now) {
    ConnectionListener current = connections.get(machine.connectionId());
    Instant heard = current == null ? now : earlier(now, current.heardAt());
    Instant sent = pipeline.lastSentAt();
    return sent == null ? heard : earlier(heard, sent);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void cancel(ConnectionEvent.Timer timer) {
    ScheduledFuture<?> set = timers.remove(timer);
    if (set != null) {
      set.cancel(false);
    }
  }

  private Instant now() {
    return environment.time().wall().instant();
  }

  private void tell(Function<Instant, SubscriptionEvent> event) {
    onControl(() -> owner.onEvent(event.apply(now())));
  }

  private void onControl(Runnable task) {
    try {
      environment.control().execute(task);
    } catch (RejectedExecutionException e) {
      // The client is closed, and this subscription with it: nobody listens any more.
    }
  }

  /**
   * Hears one transport. It may be told that it has ended while another of its threads is about to
   * tell of a CONNACK, which must not take the place of the next connection then.
   */
  private final class ConnectionListener implements TransportListener {
    private final int number;
    private volatile @Nullable Transport transport;
    private volatile @Nullable Intake intake;
    private boolean ended;
    private volatile long heardAtMillis;

    ConnectionListener(int number) {
      this.number = number;
      onRead();
    }

    Instant heardAt() {
      return Instant.ofEpochMilli(heardAtMillis);
    }

    @Override
    public void onRead() {
      heardAtMillis = environment.time().wall().millis();
    }

    @Override
    public void onFallback(MqttVersion version) {
      tell(at -> new SubscriptionEvent.ProtocolFallback(at, version));
    }

    @Override
    public void onUnsubscribed(List<String> topicFilters) {
      tell(at -> new SubscriptionEvent.FormerFiltersDropped(at, topicFilters));
    }

    @Override
    public void onSessionTerms(Duration sessionExpiry, String usedId) {
      onControl(() -> tellTerms(sessionExpiry, usedId));
    }

    @Override
    public synchronized void onConnected(boolean sessionPresent) {
      Transport connected = transport;
      if (connected == null || ended) {
        return;
      }
      intake = pipeline.connected(connected, sessionPresent);
      post(new ConnectionEvent.Connected(number, sessionPresent));
    }

    @Override
    public synchronized void onSubscribed() {
      Transport subscribed = transport;
      if (subscribed == null || ended) {
        return;
      }
      pipeline.subscribed(subscribed);
      post(new ConnectionEvent.Subscribed(number));
    }

    @Override
    public void onPing() {
      withPipeline(pipeline::pinged);
    }

    @Override
    public void onPong() {
      withPipeline(pipeline::ponged);
    }

    @Override
    public void onFarewell() {
      withPipeline(pipeline::parted);
    }

    private void withPipeline(Consumer<Transport> tell) {
      Transport told = transport;
      if (told != null) {
        tell.accept(told);
      }
    }

    @Override
    public void onMessage(InboundMessage message) {
      Intake into = intake;
      if (into != null) {
        into.received(message);
      }
    }

    @Override
    public void onReadComplete() {
      Intake into = intake;
      if (into != null) {
        into.handOver();
      }
    }

    @Override
    public synchronized void onClosed(@Nullable NHubException failure) {
      ended = true;
      Transport closed = transport;
      if (closed != null) {
        pipeline.disconnected(closed);
      }
      post(new ConnectionEvent.Closed(number, failure));
      onControl(() -> connections.remove(number));
    }
  }
}
