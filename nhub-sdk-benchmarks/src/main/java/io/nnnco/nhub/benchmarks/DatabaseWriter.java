package io.nnnco.nhub.benchmarks;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.benchmarks.Database.Row;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.examples.postgresql.PostgresSink;
import io.nnnco.nhub.examples.postgresql.Schema;
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
  },

  /** The example's sink, one transaction for each uplink, devices in parallel. */
  SINK_ONE_ROW {
    @Override
    void write(Fleet.Address bridge, Path ca, Database database) {
      PostgresSink sink = database.sink(Schema.WIDE, 16);
      nhub(MqttEngine.PAHO, bridge, ca)
          .subscribe(
              OPTIONS,
              (message, delivery) -> sink.handle(List.of(new DeliveredMessage(message, delivery))));
    }

    @Override
    String table() {
      return "uplink";
    }

    @Override
    void reset(Database database) throws Exception {
      database.resetSinks();
    }
  },

  /** The example's sink in batches, one row per uplink. */
  SINK_WIDE {
    @Override
    void write(Fleet.Address bridge, Path ca, Database database) {
      sink(Schema.WIDE, bridge, ca, database);
    }

    @Override
    String table() {
      return "uplink";
    }

    @Override
    void reset(Database database) throws Exception {
      database.resetSinks();
    }
  },

  /** The example's sink in batches, one row per reading; counted is the first of each uplink. */
  SINK_LONG {
    @Override
    void write(Fleet.Address bridge, Path ca, Database database) {
      sink(Schema.LONG, bridge, ca, database);
    }

    @Override
    String table() {
      return "reading where position = 0";
    }

    @Override
    void reset(Database database) throws Exception {
      database.resetSinks();
    }
  };

  static final BatchOptions BATCHES = BatchOptions.of(500, Duration.ofMillis(200));

  private static final SubscribeOptions OPTIONS = SubscribeOptions.builder("nnn.acme").build();

  /** Connects and subscribes; may return before it is over. */
  abstract void write(Fleet.Address bridge, Path ca, Database database) throws Exception;

  /** What its rows are counted in. */
  String table() {
    return "uplinks";
  }

  /** Begins with empty tables. */
  void reset(Database database) throws Exception {
    database.reset();
  }

  /** Arguments: which, the URL of the database, the CA's certificate, the bridge's address. */
  public static void main(String[] args) throws Exception {
    DatabaseWriter writer = DatabaseWriter.valueOf(args[0]);
    Database database = new Database(args[1], writer.table());
    writer.write(Fleet.Address.of(args[3]), Path.of(args[2]), database);
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

  /** As the example, but for the durable session and the dead letters. */
  private static void sink(Schema schema, Fleet.Address bridge, Path ca, Database database) {
    nhub(MqttEngine.PAHO, bridge, ca)
        .subscribeBatches(OPTIONS, BATCHES, database.sink(schema, BATCHES.parallelism()));
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
