package io.nnnco.nhub.stream.internal.transport.direct;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.OwnThreads;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.Gate;
import io.nnnco.nhub.stream.internal.transport.GuardedListener;
import io.nnnco.nhub.stream.internal.transport.HandOver;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.KeepAlive;
import io.nnnco.nhub.stream.internal.transport.Outbox;
import io.nnnco.nhub.stream.internal.transport.ProtocolMemory;
import io.nnnco.nhub.stream.internal.transport.ReceiveMaximum;
import io.nnnco.nhub.stream.internal.transport.Refusals;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.stream.internal.transport.Unsubscriptions;
import io.nnnco.nhub.stream.internal.transport.Violations;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import io.nnnco.nhub.stream.internal.transport.packet.ServerTerms;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the direct engine. A reader thread connects, subscribes, reads and hands over;
 * other threads send what the {@link Outbox} gathers; so neither direction can delay the other.
 */
public final class DirectTransport implements Transport {
  private static final Logger log = LoggerFactory.getLogger(DirectTransport.class);
  private static final long FAREWELL_MILLIS = 2_000;

  private final ConnectRequest request;
  private final GuardedListener listener;
  private final ScheduledExecutorService timer;
  private final Dialler dialler;
  private final Outbox outbox;
  private final Gate gate = new Gate();
  private final Heartbeat heartbeat;
  private final HandOver handOver;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final ReceiveMaximum receiveMaximum;
  private final Unsubscriptions unsubscriptions = new Unsubscriptions();
  private volatile ConnectionPhase phase = ConnectionPhase.PREPARE;
  private volatile boolean endSession;
  private volatile boolean mute;

  /**
   * A transport that has not started.
   *
   * @param timer for pings; runs nothing that blocks
   * @param writers for what is sent; may block until the connection ends
   * @param memory what is known about the server's version
   */
  public DirectTransport(
      ConnectRequest request,
      TransportListener listener,
      ScheduledExecutorService timer,
      Executor writers,
      ProtocolMemory memory) {
    this.request = request;
    this.listener = new GuardedListener(listener);
    this.timer = timer;
    this.outbox = new Outbox(writers, timer, this::broken);
    this.dialler = new Dialler(request, memory, next -> this.listener.tell(to -> to.onPhase(next)));
    this.heartbeat = new Heartbeat(timer);
    this.handOver = new HandOver(listener);
    this.receiveMaximum = new ReceiveMaximum(request.receiveMaximum());
  }

  @Override
  public void open() {
    if (!listener.hasEnded()) {
      try {
        daemon("nhub-read-" + request.clientId(), this::run);
      } catch (OutOfMemoryError e) { // No more threads.
        lost(e);
      }
    }
  }

  @Override
  public ConnectionPhase phase() {
    return phase == ConnectionPhase.PREPARE ? dialler.phase() : phase;
  }

  @Override
  public MqttEngine engine() {
    return MqttEngine.DIRECT;
  }

  @Override
  public MqttVersion version() {
    return dialler.connection().version();
  }

  private void run() {
    try {
      Packet.Connack connack = dialler.connect();
      if (connack.accepted()) {
        accepted(dialler.connection(), connack.terms(), connack.sessionPresent());
      } else {
        end(Refusals.connack(connack.reasonCode(), connack.reason(), request.credentials()));
      }
    } catch (NHubException e) {
      end(e);
    } catch (MalformedPacketException e) {
      violated(e);
    } catch (IOException e) {
      if (leaving.get() && !listener.hasEnded()) {
        left(e);
      }
      lost(e);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** Told before it is logged, which takes memory as well. */
  private void failed(Throwable error) {
    lost(error);
    log.error("The connection of {} failed in this program", request.clientId(), error);
  }

  private void left(IOException end) {
    if (end instanceof EOFException && outbox.awaitFinished(FAREWELL_MILLIS)) {
      listener.tell(TransportListener::onFarewell);
    }
    if (endSession) {
      dialler.forgetSession();
    }
  }

  private void accepted(PacketConnection connection, ServerTerms terms, boolean sessionPresent)
      throws IOException, MalformedPacketException {
    Optional<StreamException> lacking = Refusals.beyond(terms, request, connection.version());
    if (lacking.isPresent()) {
      end(lacking.get());
    } else {
      subscribe(connection, terms, sessionPresent);
      readAll(connection);
    }
  }

  private void subscribe(PacketConnection connection, ServerTerms terms, boolean sessionPresent) {
    phase = ConnectionPhase.SUBSCRIBE;
    outbox.sendTo(connection);
    unsubscriptions.connected(terms);
    Duration keepAlive = terms.keepAlive();
    heartbeat.start(
        keepAlive == null ? request.keepAlive() : keepAlive, asked -> beat(asked, connection));
    if (connection.version() == MqttVersion.MQTT_5) {
      receiveMaximum.connected(sessionPresent);
    }
    if (dialler.fellBack()) {
      listener.tell(to -> to.onFallback(connection.version()));
    }
    listener.tell(to -> to.onSessionTerms(request.sessionExpiry(terms), request.clientId(terms)));
    listener.tell(to -> to.onConnected(sessionPresent));
    outbox.send(
        PacketWriter.subscribe(connection.version(), request.topicFilters(), request.qos()));
  }

  private void readAll(PacketConnection connection) throws IOException, MalformedPacketException {
    try {
      while (!listener.hasEnded()) {
        readNext(connection);
      }
    } finally {
      handOver.complete();
    }
  }

  /** A method of its own, since the JVM compiles a method that is called sooner than a loop. */
  private void readNext(PacketConnection connection) throws IOException, MalformedPacketException {
    if (!gate.isOpen()) {
      handOver.complete();
      gate.awaitOpen();
    }
    Packet packet = connection.poll();
    if (packet instanceof Packet.Publish publish) {
      received(publish.message());
      return;
    }
    handOver.complete();
    if (packet == null) {
      connection.fill();
      listener.read();
    } else if (!leaving.get()) {
      handle(packet);
    }
  }

  private void handle(Packet packet) throws MalformedPacketException {
    if (packet instanceof Packet.Suback suback) {
      subscribed(suback);
    } else if (packet instanceof Packet.Unsuback unsuback) {
      List<String> dropped = unsubscriptions.acknowledged(unsuback);
      if (!dropped.isEmpty()) {
        listener.tell(to -> to.onUnsubscribed(dropped));
      }
    } else if (packet instanceof Packet.Disconnect disconnect) {
      end(Refusals.disconnect(disconnect.reasonCode(), disconnect.reason(), request.credentials()));
    } else if (packet instanceof Packet.Pingresp) {
      listener.tell(TransportListener::onPong);
    } else if (packet instanceof Packet.Connack) {
      throw MalformedPacketException.protocol("A second CONNACK arrived");
    }
  }

  private void received(InboundMessage message) throws MalformedPacketException {
    if (!leaving.get() && !mute) {
      receiveMaximum.received(message);
      handOver.received(message);
    }
  }

  private void subscribed(Packet.Suback suback) throws MalformedPacketException {
    if (phase != ConnectionPhase.SUBSCRIBE
        || suback.packetId() != PacketWriter.SUBSCRIBE_ID
        || suback.codes().length != request.topicFilters().size()) {
      throw MalformedPacketException.protocol("A SUBACK does not match the SUBSCRIBE");
    }
    Refusals.suback(request.topicFilters(), request.qos(), suback.codes(), request.credentials())
        .ifPresentOrElse(
            this::end,
            () -> {
              phase = ConnectionPhase.STREAM;
              listener.tell(TransportListener::onSubscribed);
            });
  }

  /** Told on any thread that writes. */
  private void broken(Throwable error) {
    if (error instanceof IOException e) {
      brokenWriting(e);
    } else {
      failed(error);
    }
  }

  /**
   * The reader usually knows the reason: the server's last packet may still be unread. Messages
   * before it are skipped, because they cannot be acknowledged, and may be more than there is room
   * for.
   */
  private void brokenWriting(IOException error) {
    mute = true;
    gate.set(true);
    later(() -> lost(error), FAREWELL_MILLIS);
  }

  private void beat(KeepAlive keepAlive, PacketConnection connection) {
    try {
      check(keepAlive, connection);
    } catch (RuntimeException | Error e) { // It would be the last beat.
      failed(e);
    }
  }

  private void check(KeepAlive keepAlive, PacketConnection connection) {
    long now = System.nanoTime();
    switch (keepAlive.check(now, connection.lastRead(), connection.lastWritten(), gate.isOpen())) {
      case PING -> {
        listener.tell(TransportListener::onPing);
        outbox.ping();
      }
      case GIVE_UP ->
          end(
              new ConnectionException(
                  StreamErrorCode.KEEP_ALIVE_TIMEOUT,
                  phase(),
                  "The bridge did not respond to a ping in time.",
                  null));
      case NONE -> {}
    }
  }

  @Override
  public boolean acknowledge(int packetId, boolean lingers) {
    if (listener.hasEnded()) {
      return false;
    }
    receiveMaximum.acknowledged();
    return outbox.puback(packetId, lingers);
  }

  @Override
  public void flush(boolean here) {
    outbox.flush(here);
  }

  @Override
  public void unsubscribe(List<String> topicFilters) {
    if (!listener.hasEnded()) {
      MqttVersion version = dialler.connection().version();
      unsubscriptions.packets(version, topicFilters).forEach(outbox::send);
    }
  }

  @Override
  public void setReading(boolean reading) {
    gate.set(reading);
    if (listener.hasEnded() || leaving.get() || mute) {
      gate.set(true); // The end, which opens it, may have happened in between.
    }
  }

  @Override
  public void disconnect(boolean endsSession) {
    if (listener.hasEnded()) {
      return;
    }
    if (phase != ConnectionPhase.SUBSCRIBE && phase != ConnectionPhase.STREAM) {
      end(null);
      return;
    }
    endSession = endsSession;
    if (leaving.compareAndSet(false, true)) {
      outbox.finish(
          PacketWriter.disconnect(
              dialler.connection().version(),
              ReasonCode.NORMAL_DISCONNECTION,
              endsSession ? Integer.valueOf(0) : null));
      gate.set(true);
      later(this::abort, FAREWELL_MILLIS);
    }
  }

  @Override
  public void abort() {
    end(null);
  }

  /**
   * MQTT 5 sends a DISCONNECT with the reason (section 4.13); then, in both versions, the
   * connection ends.
   */
  private void violated(MalformedPacketException violation) {
    ConnectionPhase at = phase();
    if (at.compareTo(ConnectionPhase.CONNECT) > 0
        && dialler.connection().version() == MqttVersion.MQTT_5) {
      outbox.finish(PacketWriter.disconnect(MqttVersion.MQTT_5, violation.reasonCode(), null));
      boolean unused = outbox.awaitFinished(FAREWELL_MILLIS);
    }
    end(Violations.failure(violation, at));
  }

  private void lost(Throwable error) {
    end(dialler.suspecting(dialler.failure(phase(), error)));
  }

  private void end(@Nullable NHubException failure) {
    listener.end(leaving.get() ? null : failure, this::release);
  }

  private void release() {
    heartbeat.stop();
    outbox.close();
    dialler.close();
    gate.set(true);
  }

  private void later(Runnable task, long millis) {
    try {
      timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      abort();
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = OwnThreads.daemon(name, task);
    thread.start();
  }
}
