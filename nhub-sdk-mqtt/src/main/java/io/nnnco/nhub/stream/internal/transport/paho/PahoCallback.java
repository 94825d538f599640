package io.nnnco.nhub.stream.internal.transport.paho;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** Passes Paho's callbacks on. */
final class PahoCallback implements MqttCallback {
  private final PahoTransport transport;

  PahoCallback(PahoTransport transport) {
    this.transport = transport;
  }

  MqttActionListener connecting() {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        transport.subscribe();
      }

      @Override
      public void onFailure(@Nullable IMqttToken token, @Nullable Throwable error) {
        transport.lost(error);
      }
    };
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    // Paho gets none.
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
