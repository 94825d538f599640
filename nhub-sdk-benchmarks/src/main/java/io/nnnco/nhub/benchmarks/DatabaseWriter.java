package io.nnnco.nhub.benchmarks;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.benchmarks.Database.Row;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that writes uplinks into a database, and acknowledges what is committed. */
enum DatabaseWriter {
  /** This SDK, one transaction for each uplink, devices in parallel. */
  ONE_ROW {
    @Override
    void write(Fleet.Address bridge, Path ca, Database database) {
      nhub(MqttEngine.PAHO, bridge, ca)
          .subscribe(
              OPTIONS, (message, delivery) -> database.store(List.of(row(message, delivery))));
    }
  },

  /** This SDK, in batches. */
  NHUB_BATCHES {
    @Override
    void write(Fleet.Address bridge, Path ca, Database database) {
      batches(MqttEngine.PAHO, bridge, ca, database);
    }
  },

  /** This SDK with its own engine, in batches. */
  NHUB_BATCHES_DIRECT {
    @Override
    void write(Fleet.Address bridge, Path ca, Database database) {
      batches(MqttEngine.DIRECT, bridge, ca, database);
    }
  },

  /** HiveMQ's client, in batches by hand. */
  HIVEMQ_BATCHES {
    @Override
    void write(Fleet.Address bridge, Path ca, Database database) throws Exception {
      new HiveMqBatches(database).run(bridge, ca);
    }
  };

  static final String TABLE = "uplinks";

  static final BatchOptions BATCHES = BatchOptions.of(500, Duration.ofMillis(200));

  private static final SubscribeOptions OPTIONS = SubscribeOptions.builder("nnn.acme").build();

  /** Connects and subscribes; may return before it is over. */
  abstract void write(Fleet.Address bridge, Path ca, Database database) throws Exception;

  /** Arguments: which, the URL of the database, the CA's certificate, the bridge's address. */
  public static void main(String[] args) throws Exception {
    DatabaseWriter.valueOf(args[0])
        .write(Fleet.Address.of(args[3]), Path.of(args[2]), new Database(args[1], TABLE));
    Thread.currentThread().join();
  }

  private static NHubClient nhub(MqttEngine engine, Fleet.Address bridge, Path ca) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubClient.builder(NHubEnvironment.at(noApi, "localhost", bridge.port()))
        .credentials(UsernamePassword.load(bridge.username(), Secret.of(bridge.token()), ca))
        .engine(engine)
        .build();
  }

  private static void batches(MqttEngine engine, Fleet.Address bridge, Path ca, Database database) {
    nhub(engine, bridge, ca)
        .subscribeBatches(OPTIONS, BATCHES, batch -> database.store(rows(batch)));
  }

  static List<Row> rows(List<DeliveredMessage> batch) {
    return batch.stream().map(each -> row(each.message(), each.delivery())).toList();
  }

  static Row row(DeviceMessage message, Delivery delivery) {
    return row(delivery.deduplicationKey(), (Uplink) message);
  }

  static Row row(String key, Uplink uplink) {
    return new Row(
        key, uplink.deviceId(), uplink.timestamp(), uplink.number("temperature").orElseThrow());
  }
}
