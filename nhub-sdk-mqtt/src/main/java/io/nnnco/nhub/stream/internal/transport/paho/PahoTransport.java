package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.KeepAliveTimeoutException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.Failures;
import io.nnnco.nhub.stream.internal.transport.Refusals;
import io.nnnco.nhub.stream.internal.transport.TlsConnector;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection on Eclipse Paho, MQTT 5. Everything that Paho does wrong between connections is
 * avoided by having none: a client of its own for each attempt, on a socket of ours that is
 * connected already; no automatic reconnect, no persistence, no message listeners, manual
 * acknowledgements, our own pings.
 */
public final class PahoTransport implements Transport {
  private static final Logger log = LoggerFactory.getLogger(PahoTransport.class);
  private static final long DISCONNECT_MILLIS = 2_000;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

  private final ConnectRequest request;
  private final TransportListener listener;
  private final ScheduledExecutorService timer;
  private final TlsConnector connector;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final PahoCallback callback;
  private volatile boolean connecting;
  private volatile Phase phase = Phase.PREPARE;
  private volatile @Nullable PahoSocket socket;
  private volatile @Nullable MqttAsyncClient client;

  /**
   * A transport that has not begun.
   *
   * @param timer for pings; runs nothing that blocks
   */
  public PahoTransport(
      ConnectRequest request, TransportListener listener, ScheduledExecutorService timer) {
    this.request = request;
    this.listener = listener;
    this.timer = timer;
    this.connector = new TlsConnector(request);
    this.callback = new PahoCallback(this, listener);
  }

  @Override
  public void open() {
    daemon("nhub-connect-" + request.clientId(), this::connect);
  }

  @Override
  public Phase phase() {
    return phase.compareTo(Phase.CONNECT) < 0 ? connector.phase() : phase;
  }

  private void connect() {
    try {
      PahoSocket connected = new PahoSocket(connector.connect());
      socket = connected;
      phase = Phase.CONNECT;
      PahoPing ping = new PahoPing(timer, connected, this::keepAliveMissed);
      // The address is never used: the socket is connected already.
      MqttAsyncClient paho =
          new MqttAsyncClient(
              "tcp://127.0.0.1:8883", request.clientId(), new MemoryPersistence(), ping, null);
      client = paho;
      paho.setManualAcks(true);
      paho.setCallback(callback);
      if (!closed.get()) {
        connecting = true;
        paho.connect(PahoOptions.of(request, connected), null, callback.connecting());
      }
    } catch (NHubException e) {
      fail(e);
    } catch (IOException | MqttException | RuntimeException e) {
      fail(Failures.of(phase(), request.host(), request.port(), e));
    }
    if (closed.get()) {
      release();
    }
  }

  /** CONNACK accepts; runs on Paho's callback thread, so nothing here waits. */
  void accepted(boolean sessionPresent) {
    phase = Phase.SUBSCRIBE;
    listener.onConnected(sessionPresent);
    MqttSubscription[] subscriptions =
        request.topicFilters().stream()
            .map(filter -> new MqttSubscription(filter, request.qos().level()))
            .toArray(MqttSubscription[]::new);
    MqttAsyncClient paho = client;
    try {
      if (paho != null) {
        paho.subscribe(subscriptions, null, callback.subscribing(), new MqttProperties());
      }
    } catch (MqttException | RuntimeException e) {
      lost(e);
    }
  }

  void granted(int[] codes) {
    Refusals.suback(request.topicFilters(), request.qos(), codes, request.credentials())
        .ifPresentOrElse(
            this::fail,
            () -> {
              phase = Phase.STREAM;
              listener.onSubscribed();
            });
  }

  /** CONNACK refuses, or the connection broke before it. */
  void refused(@Nullable Throwable error) {
    PahoSocket refusing = socket;
    if (error instanceof MqttException mqtt && isReasonCode(mqtt) && refusing != null) {
      fail(
          Refusals.connack(
              ReasonCode.of(mqtt.getReasonCode()),
              PahoOptions.reasonString(refusing.firstBytes()),
              request.credentials()));
    } else {
      lost(error);
    }
  }

  void disconnected(MqttDisconnectResponse response) {
    MqttException exception = response.getException();
    if (exception == null) {
      fail(
          Refusals.disconnect(ReasonCode.of(response.getReturnCode()), response.getReasonString()));
    } else {
      lost(exception);
    }
  }

  private void lost(@Nullable Throwable error) {
    Throwable cause = error == null ? new IOException("Connection closed") : error;
    fail(Failures.of(phase(), request.host(), request.port(), cause));
  }

  private static boolean isReasonCode(MqttException exception) {
    return exception.getReasonCode() >= ReasonCode.UNSPECIFIED_ERROR.value()
        && exception.getReasonCode() <= 0xFF;
  }

  private void keepAliveMissed() {
    fail(
        new KeepAliveTimeoutException(
            Phase.STREAM, "The bridge did not answer a ping in time.", null));
  }

  @Override
  public void acknowledge(int packetId) {
    MqttAsyncClient paho = client;
    if (paho == null || closed.get()) {
      return;
    }
    try {
      paho.messageArrivedComplete(packetId, 1);
    } catch (MqttException | RuntimeException e) {
      log.debug("An acknowledgement came too late for its connection");
    }
  }

  @Override
  public void setReading(boolean reading) {
    PahoSocket connected = socket;
    if (connected != null && !closed.get()) {
      connected.setReading(reading);
    }
  }

  @Override
  public void disconnect(boolean endSession) {
    if (closed.get()) {
      return;
    }
    daemon(
        "nhub-disconnect-" + request.clientId(),
        () -> {
          sendDisconnect(endSession);
          end(null);
        });
  }

  private void sendDisconnect(boolean endSession) {
    MqttAsyncClient paho = client;
    if (paho == null) {
      return;
    }
    MqttProperties properties = new MqttProperties();
    if (endSession) {
      properties.setSessionExpiryInterval(0L);
    }
    try {
      IMqttToken sent = paho.disconnect(0, null, null, 0, properties);
      sent.waitForCompletion(DISCONNECT_MILLIS);
    } catch (MqttException | RuntimeException e) {
      log.debug("The connection ended before the DISCONNECT was sent");
    }
  }

  @Override
  public void abort() {
    end(null);
  }

  private void fail(NHubException failure) {
    end(failure);
  }

  private void end(@Nullable NHubException failure) {
    if (closed.compareAndSet(false, true)) {
      listener.onClosed(failure);
      daemon("nhub-release-" + request.clientId(), this::release);
    }
  }

  /** Closes the socket, which ends Paho's threads, and then Paho's client. May wait for them. */
  private void release() {
    PahoSocket connected = socket;
    MqttAsyncClient paho = client;
    try {
      if (connected != null && connecting && !connected.awaitStarted(START_TIMEOUT)) {
        log.warn("Paho did not start in time; one of its threads may stay");
      }
      connector.close();
      if (connected != null) {
        connected.close();
      }
      if (paho != null) {
        paho.disconnectForcibly(0, 0, false);
        paho.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | MqttException | RuntimeException e) {
      log.debug("A connection was closed twice");
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
