package io.nnnco.nhub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.identity.Credentials;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Publishes to a real broker, which the SDK cannot. */
final class Publisher {
  private final MqttClient client;

  Publisher(int port, Credentials credentials) throws MqttException {
    client = new MqttClient("ssl://localhost:" + port, "publisher", new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(credentials.sslContext().getSocketFactory());
    client.connect(options);
  }

  void publish(String topic, String payload) {
    try {
      client.publish(topic, payload.getBytes(UTF_8), 1, false);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  void close() throws MqttException {
    client.disconnectForcibly(0, 0, false);
    client.close();
  }
}
