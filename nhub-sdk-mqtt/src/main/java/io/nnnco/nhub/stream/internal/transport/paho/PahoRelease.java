package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.TlsConnector;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the socket, which ends Paho's threads, and then Paho's client. May wait for them.
 *
 * @param connector of the connection underneath
 * @param socket what Paho uses; null if it was not made
 * @param client Paho's; null if it was not made
 * @param connecting whether Paho was told to connect, which starts its threads
 */
record PahoRelease(
    TlsConnector connector,
    @Nullable PahoSocket socket,
    @Nullable MqttAsyncClient client,
    boolean connecting) {
  private static final Logger log = LoggerFactory.getLogger(PahoTransport.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

  void run() {
    if (socket != null) {
      socket.end();
    }
    try {
      if (socket != null && connecting && !socket.awaitStarted(START_TIMEOUT)) {
        log.warn("Paho did not start in time; one of its threads may stay");
      }
      connector.close();
      if (socket != null) {
        socket.close();
      }
      if (client != null) {
        client.disconnectForcibly(0, 0, false);
        client.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | MqttException | RuntimeException e) {
      log.debug("A connection was closed twice");
    } finally {
      if (socket != null) {
        socket.wakeSender();
      }
    }
  }
}
