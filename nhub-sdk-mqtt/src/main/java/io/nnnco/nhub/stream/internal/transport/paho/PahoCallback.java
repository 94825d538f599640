package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes Paho's callbacks on. */
final class PahoCallback implements MqttCallback {
  private static final Logger log = LoggerFactory.getLogger(PahoCallback.class);

  /** Paho's own queue holds ten. */
  private static final int GATHERED_AT_MOST = 16;

  private final PahoTransport transport;
  private final PahoFilter filter;
  private final TransportListener listener;
  private int gathered;

  PahoCallback(PahoTransport transport, PahoFilter filter, TransportListener listener) {
    this.transport = transport;
    this.filter = filter;
    this.listener = listener;
  }

  MqttActionListener connecting() {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        transport.accepted(token.getSessionPresent());
      }

      @Override
      public void onFailure(@Nullable IMqttToken token, @Nullable Throwable error) {
        transport.lost(error);
      }
    };
  }

  MqttActionListener subscribing() {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        transport.granted();
      }

      @Override
      public void onFailure(@Nullable IMqttToken token, @Nullable Throwable error) {
        transport.lost(error);
      }
    };
  }

  /** Paho holds only a placeholder for the message. */
  @Override
  public void messageArrived(String topic, MqttMessage standIn) {
    InboundMessage message = filter.next();
    if (message == null || transport.isClosed()) {
      return;
    }
    try {
      listener.onMessage(message);
      if (!filter.hasMore() || ++gathered >= GATHERED_AT_MOST) {
        gathered = 0;
        listener.onReadComplete();
      }
    } catch (
        OutOfMemoryError e) { // It was none of the message's, and the next will fare no better.
      transport.failed(e);
    } catch (RuntimeException | Error e) {
      // Paho would swallow an exception, and end the connection over an error.
      log.error("A message could not be taken over; it stays unacknowledged", e);
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    transport.lost(response.getException());
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    // Paho also disconnects, which disconnected() handles.
  }

  @Override
  public void deliveryComplete(@Nullable IMqttToken token) {
    // This SDK publishes nothing.
  }

  @Override
  public void connectComplete(boolean reconnect, @Nullable String serverUri) {
    // Handled with the connect token, which also knows about the session.
  }

  @Override
  public void authPacketArrived(int reasonCode, @Nullable MqttProperties properties) {
    // Never requested.
  }
}
