package io.nnnco.nhub.benchmarks;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.micrometer.NHubMetrics;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.gap.GapOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/**
 * A program that receives uplinks as records, each as its documentation says. It runs until its
 * standard input ends.
 */
enum Receiver {
  /** This SDK with its own engine. */
  NHUB_DIRECT {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) {
      nhub(builder(MqttEngine.DIRECT, port, certificates), handler);
    }
  },

  /** An experiment: the direct engine, with handlers on the thread that reads. */
  NHUB_INLINE {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) {
      nhub(builder(MqttEngine.DIRECT, port, certificates).handlerExecutor(Runnable::run), handler);
    }
  },

  /** The direct engine, with everything that Micrometer can be told. */
  NHUB_DIRECT_METERS {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) {
      NHubClient client = builder(MqttEngine.DIRECT, port, certificates).build();
      new NHubMetrics(client).bindTo(new SimpleMeterRegistry());
      client.subscribe("nnn.acme", handler::accept);
    }
  },

  /** The direct engine, with a gap ledger. */
  NHUB_DIRECT_GAPS {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) {
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme").gaps(GapOptions.ofDefaults()).build();
      builder(MqttEngine.DIRECT, port, certificates)
          .build()
          .subscribe(
              options,
              (message, delivery) -> {
                if (message instanceof Uplink uplink) {
                  handler.accept(uplink);
                }
              });
    }
  },

  /** The direct engine, while the flight recorder runs with the JDK's default settings. */
  NHUB_DIRECT_RECORDED {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) throws Exception {
      new Recording(Configuration.getConfiguration("default")).start();
      nhub(builder(MqttEngine.DIRECT, port, certificates), handler);
    }
  },

  /** The direct engine, while the flight recorder records each message. */
  NHUB_DIRECT_RECORDED_ALL {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) throws Exception {
      new Recording(Configuration.create(Path.of("docs/operations/nhub.jfc"))).start();
      nhub(builder(MqttEngine.DIRECT, port, certificates), handler);
    }
  },

  /** This SDK with its default engine. */
  NHUB_PAHO {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) {
      nhub(builder(MqttEngine.PAHO, port, certificates), handler);
    }
  },

  /** What a user would write with Paho and Jackson. */
  PAHO {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) throws Exception {
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setSocketFactory(ClientIdentity.load(certificates).sslContext().getSocketFactory());
      MqttClient client =
          new MqttClient("ssl://localhost:" + port, "benchmark", new MemoryPersistence());
      client.connect(options);
      IMqttMessageListener listener =
          (topic, message) -> handler.accept(JacksonUplinks.read(message.getPayload()));
      client.subscribe(
          new MqttSubscription[] {new MqttSubscription(TOPICS, 1)},
          new IMqttMessageListener[] {listener});
    }
  },

  /** What a user would write with HiveMQ's client and Jackson. */
  HIVEMQ {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) throws Exception {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(Bridge.keyStore(certificates.resolve("client.p12")), Bridge.PASSWORD);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(Bridge.keyStore(certificates.resolve("ca.p12")));
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
          .callback(publish -> handler.accept(JacksonUplinks.read(publish.getPayloadAsBytes())))
          .send()
          .join();
    }
  },

  /** The limit: it decodes nothing, so its handler is never called. */
  BARE_SOCKET {
    @Override
    void receive(int port, Path certificates, Consumer<Uplink> handler) throws Exception {
      BareSocket.receive(ClientIdentity.load(certificates).sslContext(), port, TOPICS);
    }
  };

  /** The last argument of one that measures, and is told to begin and end by lines of input. */
  static final String MEASURED = "measured";

  static final String BEGIN = "begin";
  static final String END = "end";

  static final String TOPICS = "v4/groups/nnn.acme.master/+/uplinks";

  /** So that no compiler can take the work away. */
  private static final LongAdder readings = new LongAdder();

  /** Connects and subscribes; messages come on other threads. */
  abstract void receive(int port, Path certificates, Consumer<Uplink> handler) throws Exception;

  /** Arguments: which, the sender's port, the folder of the certificates, {@link #MEASURED}. */
  public static void main(String[] args) throws Exception {
    Receiver receiver = Receiver.valueOf(args[0]);
    int port = Integer.parseInt(args[1]);
    Path certificates = Path.of(args[2]);
    if (args.length > 3) {
      Measurement measurement = new Measurement();
      receiver.receive(port, certificates, measurement::take);
      obey(measurement);
    } else {
      receiver.receive(port, certificates, uplink -> readings.add(uplink.readings().size()));
      System.in.read();
    }
    System.exit(0);
  }

  /** Until the driver is gone. */
  private static void obey(Measurement measurement) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals(BEGIN)) {
        measurement.begin();
      } else if (order.equals(END)) {
        System.out.println(measurement.end().line());
      }
    }
  }

  private static NHubClientBuilder builder(MqttEngine engine, int port, Path certificates) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubClient.builder(NHubEnvironment.at(noApi, "localhost", port))
        .credentials(ClientIdentity.load(certificates))
        .engine(engine);
  }

  private static void nhub(NHubClientBuilder client, Consumer<Uplink> handler) {
    client.build().subscribe("nnn.acme", handler::accept);
  }
}
