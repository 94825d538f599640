package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.OwnThreads;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.GuardedListener;
import io.nnnco.nhub.stream.internal.transport.Outbox;
import io.nnnco.nhub.stream.internal.transport.ProtocolMemory;
import io.nnnco.nhub.stream.internal.transport.TlsConnector;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import io.nnnco.nhub.stream.internal.transport.packet.ServerTerms;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection on Eclipse Paho, MQTT 5. Each attempt has a client of its own, on a socket that is
 * already connected, which avoids everything that Paho does wrong between connections; no automatic
 * reconnect, no persistence, no message listeners, manual acknowledgements, our own pings.
 */
public final class PahoTransport implements Transport {
  private static final Logger log = LoggerFactory.getLogger(PahoTransport.class);
  private static final long LAST_WORD_MILLIS = 2_000;
  private static final Duration FAREWELL = Duration.ofMillis(1_500);

  private final ConnectRequest request;
  private final GuardedListener listener;
  private final ScheduledExecutorService timer;
  private final Executor writers;
  private final BiFunction<String, Runnable, Thread> threads;
  private final ProtocolMemory memory;
  private final TlsConnector connector;
  private final PahoFilter filter;
  private final PahoCallback callback;
  private volatile boolean connecting;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private volatile ConnectionPhase phase = ConnectionPhase.PREPARE;
  private volatile @Nullable PahoSocket socket;
  private volatile @Nullable MqttAsyncClient client;

  /**
   * A transport that has not started.
   *
   * @param timer for pings; runs nothing that blocks
   * @param writers for what is sent; may block until the connection ends
   * @param memory what is known about the server's version
   */
  public PahoTransport(
      ConnectRequest request,
      TransportListener listener,
      ScheduledExecutorService timer,
      Executor writers,
      ProtocolMemory memory) {
    this(request, listener, timer, writers, memory, OwnThreads::daemon);
  }

  /**
   * The same.
   *
   * @param threads makes a daemon of a name and a task
   */
  public PahoTransport(
      ConnectRequest request,
      TransportListener listener,
      ScheduledExecutorService timer,
      Executor writers,
      ProtocolMemory memory,
      BiFunction<String, Runnable, Thread> threads) {
    this.threads = threads;
    this.request = request;
    this.listener = new GuardedListener(listener);
    this.timer = timer;
    this.memory = memory;
    this.connector = new TlsConnector(request, this::entering);
    this.writers = writers;
    this.filter = new PahoFilter(request, this, listener);
    this.callback = new PahoCallback(this);
  }

  @Override
  public void open() {
    if (isClosed()) {
      return;
    }
    try {
      daemon("nhub-connect-" + request.clientId(), this::connect);
    } catch (OutOfMemoryError e) { // No more threads.
      lost(e);
    }
  }

  @Override
  public ConnectionPhase phase() {
    return phase.compareTo(ConnectionPhase.CONNECT) < 0 ? connector.phase() : phase;
  }

  private void entering(ConnectionPhase next) {
    listener.tell(to -> to.onPhase(next));
  }

  private void connect() {
    try {
      byte[] greeting = PacketWriter.connect(request, MqttVersion.MQTT_5, request.cleanStart());
      PahoSocket connected =
          new PahoSocket(
              connector.connect(), filter, greeting, new Outbox(writers, timer, this::broken));
      socket = connected;
      connected.startSending();
      phase = ConnectionPhase.CONNECT;
      entering(ConnectionPhase.CONNECT);
      PahoPing ping =
          new PahoPing(
              timer, connected, filter, this::pinging, this::keepAliveMissed, this::failed);
      // The address is never used: the socket is connected already.
      MqttAsyncClient paho =
          new MqttAsyncClient(
              "tcp://127.0.0.1:8883", request.clientId(), new MemoryPersistence(), ping, null);
      client = paho;
      paho.setManualAcks(true);
      paho.setCallback(callback);
      if (!isClosed()) {
        connecting = true;
        paho.connect(PahoOptions.of(request, connected), null, callback.connecting());
      }
    } catch (NHubException e) {
      fail(e);
    } catch (IOException | MqttException | RuntimeException | Error e) {
      fail(connector.failure(phase(), e));
    }
    if (isClosed()) {
      release();
    }
  }

  /** Bytes arrived. */
  void heard() {
    listener.read();
  }

  /** CONNACK came in MQTT 5. */
  void spoke() {
    memory.spokeNewer(request);
  }

  /** CONNACK accepts; called before Paho sees it. */
  void accepted(boolean sessionPresent, ServerTerms terms) {
    phase = ConnectionPhase.SUBSCRIBE;
    connector.responded();
    listener.tell(to -> to.onSessionTerms(request.sessionExpiry(terms), request.clientId(terms)));
    listener.tell(to -> to.onConnected(sessionPresent));
  }

  /**
   * Paho has seen the CONNACK; runs on its callback thread, so nothing here waits. Paho itself
   * would send no SUBSCRIBE that is larger than the packets that this side reads.
   */
  void subscribe() {
    PahoSocket connected = socket;
    if (connected == null || leaving.get() || isClosed()) {
      return;
    }
    try {
      connected.sendBeside(
          PacketWriter.subscribe(MqttVersion.MQTT_5, request.topicFilters(), request.qos()));
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** SUBACK grants all. */
  void granted() {
    phase = ConnectionPhase.STREAM;
    listener.tell(TransportListener::onSubscribed);
  }

  /** The connection broke, and no packet had said why. */
  void lost(@Nullable Throwable error) {
    if (isClosed() || leaving.get()) { // The thread that leaves tells the end.
      return;
    }
    Throwable cause = error == null ? new IOException("Connection closed") : error;
    fail(memory.suspecting(request, connector.failure(phase(), cause)));
  }

  private void pinging() {
    listener.tell(TransportListener::onPing);
  }

  void pingResponded() {
    listener.tell(TransportListener::onPong);
  }

  boolean isClosed() {
    return listener.hasEnded();
  }

  private void keepAliveMissed() {
    fail(
        new ConnectionException(
            StreamErrorCode.KEEP_ALIVE_TIMEOUT,
            ConnectionPhase.STREAM,
            "The bridge did not respond to a ping in time.",
            null));
  }

  @Override
  public boolean acknowledge(int packetId, boolean lingers) {
    PahoSocket connected = socket;
    if (connected == null || isClosed()) {
      return false;
    }
    filter.acknowledged();
    return connected.acknowledge(packetId, lingers);
  }

  @Override
  public void flush(boolean here) {
    PahoSocket connected = socket;
    if (connected != null) {
      connected.flushAcknowledgements(here);
    }
  }

  @Override
  public void unsubscribe(List<String> topicFilters) {
    PahoSocket connected = socket;
    if (connected != null && !isClosed()) {
      filter.unsubscribe(topicFilters).forEach(connected::sendBeside);
    }
  }

  /** UNSUBACK arrived. */
  void unsubscribed(List<String> topicFilters) {
    if (!topicFilters.isEmpty()) {
      listener.tell(to -> to.onUnsubscribed(topicFilters));
    }
  }

  /** Told on any thread that writes. */
  private void broken(Throwable error) {
    if (error instanceof IOException e) {
      brokenWriting(e);
    } else {
      failed(error);
    }
  }

  /** Paho's threads would end on it without a word. Told before it is logged: that takes memory. */
  void failed(Throwable error) {
    lost(error);
    log.error("The connection of {} failed in this program", request.clientId(), error);
  }

  /** The reader most often knows better why: the server's last word may still be unread. */
  private void brokenWriting(IOException error) {
    try {
      timer.schedule(() -> lost(error), LAST_WORD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      abort(); // The client is closed.
    }
  }

  @Override
  public void setReading(boolean reading) {
    PahoSocket connected = socket;
    if (connected != null) {
      connected.setReading(reading);
      if (isClosed() || leaving.get()) {
        connected.setReading(true); // The end, which starts it, may have come in between.
      }
    }
  }

  @Override
  public void disconnect(boolean endSession) {
    if (isClosed() || !leaving.compareAndSet(false, true)) {
      return;
    }
    try {
      daemon("nhub-disconnect-" + request.clientId(), () -> leave(endSession));
    } catch (OutOfMemoryError e) { // No more threads.
      abort();
    }
  }

  private void leave(boolean endSession) {
    PahoSocket connected = socket;
    if (connected != null && phase.compareTo(ConnectionPhase.CONNECT) > 0) {
      sendDisconnect(connected, endSession);
    }
    end(null);
  }

  /** Beside Paho, whose own way waits forever if the connection breaks at that moment. */
  private void sendDisconnect(PahoSocket connected, boolean endSession) {
    filter.leave();
    try {
      connected.leave(
          PacketWriter.disconnect(
              MqttVersion.MQTT_5,
              ReasonCode.NORMAL_DISCONNECTION,
              endSession ? Integer.valueOf(0) : null),
          FAREWELL);
      if (connected.sawTheEnd()) {
        listener.tell(TransportListener::onFarewell);
      }
    } catch (IOException | RuntimeException e) {
      log.debug("The connection ended before the DISCONNECT was sent");
    }
  }

  @Override
  public void abort() {
    end(null);
  }

  void fail(NHubException failure) {
    end(leaving.get() ? null : failure);
  }

  private void end(@Nullable NHubException failure) {
    listener.end(failure, this::beginRelease);
  }

  private void beginRelease() {
    try {
      daemon("nhub-release-" + request.clientId(), this::release);
    } catch (OutOfMemoryError e) { // No more threads: the rest when there is one.
      connector.close();
      beginReleaseLater();
    }
  }

  private void beginReleaseLater() {
    try {
      timer.schedule(this::beginRelease, 1, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      log.warn("The client is closed and the machine has no more threads; some of Paho's may stay");
    }
  }

  private void release() {
    filter.leave();
    new PahoRelease(connector, socket, client, connecting).run();
  }

  private void daemon(String name, Runnable task) {
    threads.apply(name, task).start();
  }
}
