package io.nnnco.nhub.benchmarks;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/**
 * What an engineer would write by hand with HiveMQ's client: uplinks are decoded as they come, one
 * thread collects them into batches, and what is committed is acknowledged. Its window is that of
 * this SDK. What to do if a batch fails would come on top.
 */
final class HiveMqBatches {
  private static final int WINDOW = 1_000;

  private final Database database;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

  private record Received(Database.Row row, Mqtt5Publish publish) {}

  HiveMqBatches(Database database) {
    this.database = database;
  }

  /** Until it is killed. */
  void run(Fleet.Address bridge, Path ca) throws Exception {
    Mqtt5AsyncClient client =
        Mqtt5Client.builder()
            .identifier("hivemq")
            .serverHost("localhost")
            .serverPort(bridge.port())
            .sslConfig(MqttClientSslConfig.builder().trustManagerFactory(trust(ca)).build())
            .simpleAuth()
            .username(bridge.username())
            .password(bridge.token().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildAsync();
    client
        .connectWith()
        .restrictions(Mqtt5ConnectRestrictions.builder().receiveMaximum(WINDOW).build())
        .send()
        .join();
    client
        .subscribeWith()
        .topicFilter("v4/groups/nnn.acme.master/+/uplinks")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(this::receive)
        .manualAcknowledgement(true)
        .send()
        .join();
    while (true) {
      List<Received> batch = collect();
      database.store(batch.stream().map(Received::row).toList());
      batch.forEach(each -> each.publish().acknowledge());
    }
  }

  private void receive(Mqtt5Publish publish) {
    byte[] payload = publish.getPayloadAsBytes();
    String key = publish.getTopic() + "/" + HexFormat.of().formatHex(sha256(payload));
    received.add(new Received(DatabaseWriter.row(key, JacksonUplinks.read(payload)), publish));
  }

  private List<Received> collect() throws InterruptedException {
    int size = DatabaseWriter.BATCHES.size();
    List<Received> batch = new ArrayList<>(size);
    batch.add(received.take());
    long end = System.nanoTime() + DatabaseWriter.BATCHES.delay().toNanos();
    while (batch.size() < size) {
      if (received.drainTo(batch, size - batch.size()) == 0) {
        Received next = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        batch.add(next);
      }
    }
    return batch;
  }

  private static byte[] sha256(byte[] payload) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static TrustManagerFactory trust(Path ca) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust;
  }
}
