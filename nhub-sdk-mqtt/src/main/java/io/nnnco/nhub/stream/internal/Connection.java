package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent;
import io.nnnco.nhub.stream.internal.delivery.DeliveryPipeline;
import io.nnnco.nhub.stream.internal.delivery.Intake;
import io.nnnco.nhub.stream.internal.recording.ConnectionRecording;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: the shell commands its transport, whose messages go straight to the pipeline and
 * whose changes go back to the shell.
 *
 * <p>It may be told that it has ended while another thread of the transport is about to report a
 * CONNACK, which must not take the place of the next connection then.
 */
final class Connection implements TransportListener {
  private final int id;
  private final ConnectionShell shell;
  private final DeliveryPipeline pipeline;
  private final InstantSource clock;
  private volatile @Nullable Transport transport;
  private volatile @Nullable Intake intake;
  private volatile @Nullable ConnectionRecording recording;
  private boolean ended;
  private volatile long heardAtMillis;

  Connection(int id, ConnectionShell shell, DeliveryPipeline pipeline, InstantSource clock) {
    this.id = id;
    this.shell = shell;
    this.pipeline = pipeline;
    this.clock = clock;
    this.heardAtMillis = clock.millis();
  }

  void open(Transport.Factory transports, ConnectRequest request) {
    recording = new ConnectionRecording(request.host(), request.port(), request.proxy());
    Transport opened = transports.create(request, this);
    transport = opened;
    opened.open();
  }

  void abort() {
    withTransport(Transport::abort);
  }

  /** The machine is about to abort it, for its deadline. */
  void tookTooLong() {
    withRecording(to -> to.tookTooLong(StreamErrorCode.CONNECT_TIMEOUT));
  }

  void disconnect(boolean endSession) {
    withTransport(open -> open.disconnect(endSession));
  }

  ConnectionPhase phase() {
    Transport open = transport;
    return open == null ? ConnectionPhase.PREPARE : open.phase();
  }

  /** The version of MQTT that it speaks. */
  MqttVersion version() {
    Transport open = transport;
    return open == null ? MqttVersion.MQTT_5 : open.version();
  }

  /** For how long it was not read since this was last asked, as the window had no room. */
  Duration takeNotRead() {
    Transport open = transport;
    return open == null ? Duration.ZERO : pipeline.takeNotRead(open);
  }

  /** When the last byte came. */
  Instant heardAt() {
    return Instant.ofEpochMilli(heardAtMillis);
  }

  @Override
  public void onRead() {
    heardAtMillis = clock.millis();
  }

  @Override
  public void onPhase(ConnectionPhase phase) {
    withRecording(to -> to.entered(phase));
  }

  @Override
  public void onFallback(MqttVersion version) {
    shell.report(at -> new SubscriptionEvent.ProtocolFallback(at, version));
  }

  @Override
  public void onUnsubscribed(List<String> topicFilters) {
    shell.report(at -> new SubscriptionEvent.FormerFiltersDropped(at, topicFilters));
  }

  @Override
  public void onSessionTerms(Duration sessionExpiry, String usedId) {
    shell.reportTerms(sessionExpiry, usedId);
  }

  @Override
  public synchronized void onConnected(boolean sessionPresent) {
    Transport connected = transport;
    if (connected == null || ended) {
      return;
    }
    withRecording(to -> to.connected(sessionPresent));
    intake = pipeline.connected(connected, sessionPresent);
    shell.post(new ConnectionEvent.Connected(id, sessionPresent));
  }

  @Override
  public synchronized void onSubscribed() {
    Transport subscribed = transport;
    if (subscribed == null || ended) {
      return;
    }
    withRecording(to -> to.subscribed(subscribed.engine(), subscribed.version()));
    pipeline.subscribed(subscribed);
    shell.post(new ConnectionEvent.Subscribed(id));
  }

  @Override
  public void onPing() {
    withTransport(pipeline::pinged);
  }

  @Override
  public void onPong() {
    withTransport(pipeline::ponged);
  }

  @Override
  public void onFarewell() {
    withTransport(pipeline::parted);
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
    ErrorCode code = failure == null ? null : failure.code();
    try {
      withTransport(
          closed -> withRecording(to -> to.closed(closed.engine(), closed.version(), code)));
      withTransport(pipeline::disconnected);
    } finally {
      shell.closed(id, failure); // Else nobody would connect again.
    }
  }

  private void withRecording(Consumer<ConnectionRecording> action) {
    ConnectionRecording present = recording;
    if (present != null) {
      action.accept(present);
    }
  }

  private void withTransport(Consumer<Transport> action) {
    Transport open = transport;
    if (open != null) {
      action.accept(open);
    }
  }
}
