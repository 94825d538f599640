package io.nnnco.nhub.benchmarks;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.MqttEngine;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/**
 * A program that receives uplinks as records, each as its documentation says; runs until killed.
 */
enum Receiver {
  /** This SDK with its own engine. */
  NHUB_DIRECT {
    @Override
    void receive(int port, Path certificates) {
      nhub(MqttEngine.DIRECT, port, certificates);
    }
  },

  /** This SDK with its default engine. */
  NHUB_PAHO {
    @Override
    void receive(int port, Path certificates) {
      nhub(MqttEngine.PAHO, port, certificates);
    }
  },

  /** What a user would write with Paho and Jackson. */
  PAHO {
    @Override
    void receive(int port, Path certificates) throws Exception {
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setSocketFactory(ClientIdentity.load(certificates).sslContext().getSocketFactory());
      MqttClient client =
          new MqttClient("ssl://localhost:" + port, "benchmark", new MemoryPersistence());
      client.connect(options);
      IMqttMessageListener listener =
          (topic, message) -> use(JacksonUplinks.read(message.getPayload()));
      client.subscribe(
          new MqttSubscription[] {new MqttSubscription(TOPICS, 1)},
          new IMqttMessageListener[] {listener});
    }
  },

  /** What a user would write with HiveMQ's client and Jackson. */
  HIVEMQ {
    @Override
    void receive(int port, Path certificates) throws Exception {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(Sender.keyStore(certificates.resolve("client.p12")), Sender.PASSWORD);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(Sender.keyStore(certificates.resolve("ca.p12")));
      Mqtt5AsyncClient client =
          Mqtt5Client.builder()
              .identifier("benchmark")
              .serverHost("localhost")
              .serverPort(port)
              .sslConfig(
                  MqttClientSslConfig.builder()
                      .keyManagerFactory(keys)
                      .trustManagerFactory(trust)
                      .build())
              .buildAsync();
      client.connect().join();
      client
          .subscribeWith()
          .topicFilter(TOPICS)
          .qos(MqttQos.AT_LEAST_ONCE)
          .callback(publish -> use(JacksonUplinks.read(publish.getPayloadAsBytes())))
          .send()
          .join();
    }
  };

  private static final String TOPICS = "v4/groups/nnn.acme.master/+/uplinks";
  private static final LongAdder readings = new LongAdder();

  /** Connects and subscribes; messages come on other threads. */
  abstract void receive(int port, Path certificates) throws Exception;

  /** Arguments: which, the sender's port, the folder of the certificates. */
  public static void main(String[] args) throws Exception {
    Receiver.valueOf(args[0]).receive(Integer.parseInt(args[1]), Path.of(args[2]));
    System.in.read();
    System.exit(0);
  }

  private static void nhub(MqttEngine engine, int port, Path certificates) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    NHubClient.builder(NHubEnvironment.at(noApi, "localhost", port))
        .credentials(ClientIdentity.load(certificates))
        .engine(engine)
        .build()
        .subscribe("nnn.acme", Receiver::use);
  }

  /** So that no compiler can take the work away. */
  private static void use(Uplink uplink) {
    readings.add(uplink.readings().size());
  }
}
