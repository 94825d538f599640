package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.KeepAlive;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttPingReq;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the connection alive instead of Paho's own sender, which runs on a thread that is not a
 * daemon, and considers a connection dead when a slow handler keeps it from reading.
 */
final class PahoPing implements MqttPingSender {
  private final ScheduledExecutorService timer;
  private final PahoSocket socket;
  private final PahoFilter filter;
  private final Runnable onPing;
  private final Runnable onDead;
  private final Consumer<Throwable> onFailure;
  private @Nullable ClientComms comms;
  private @Nullable ScheduledFuture<?> task;

  PahoPing(
      ScheduledExecutorService timer,
      PahoSocket socket,
      PahoFilter filter,
      Runnable onPing,
      Runnable onDead,
      Consumer<Throwable> onFailure) {
    this.timer = timer;
    this.socket = socket;
    this.filter = filter;
    this.onPing = onPing;
    this.onDead = onDead;
    this.onFailure = onFailure;
  }

  @Override
  public synchronized void init(ClientComms clientComms) {
    this.comms = clientComms;
  }

  @Override
  public synchronized void start() {
    if (comms == null || task != null) {
      return;
    }
    Duration ofServer = filter.serverKeepAlive();
    Duration interval = ofServer == null ? Duration.ofMillis(comms.getKeepAlive()) : ofServer;
    if (interval.isZero()) {
      return;
    }
    KeepAlive keepAlive = new KeepAlive(interval);
    long period = keepAlive.period().toNanos();
    task = timer.scheduleAtFixedRate(() -> check(keepAlive), period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void stop() {
    if (task != null) {
      task.cancel(false);
    }
  }

  @Override
  public void schedule(long delayInMilliseconds) {
    // Only Paho's own check, which is never called, asks for it.
  }

  private void check(KeepAlive keepAlive) {
    try {
      act(keepAlive);
    } catch (RuntimeException | Error e) { // It would be the last check.
      onFailure.accept(e);
    }
  }

  private void act(KeepAlive keepAlive) {
    switch (keepAlive.check(
        System.nanoTime(), socket.lastRead(), socket.lastWritten(), socket.reading())) {
      case PING -> ping();
      case GIVE_UP -> onDead.run();
      case NONE -> {}
    }
  }

  private synchronized void ping() {
    ClientComms target = comms;
    if (target == null) {
      return;
    }
    try {
      onPing.run();
      target.sendNoWait(new MqttPingReq(), new MqttToken(target.getClient().getClientId()));
    } catch (MqttException | RuntimeException e) {
      // The connection has just ended, which the transport learns in another way.
    }
  }
}
