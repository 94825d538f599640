package io.nnnco.nhub.benchmarks;

import io.nnnco.nhub.examples.postgresql.PostgresSink;
import io.nnnco.nhub.examples.postgresql.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes uplinks into PostgreSQL; one that is there already is left as it is. Thread-safe, with as
 * many connections as threads use at once; an error ends them all.
 */
final class Database {
  private final String url;
  private final String table;
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

  /** One uplink. */
  record Row(String key, String deviceId, Instant sentAt, double temperature) {}

  /**
   * Connects when it is used.
   *
   * @param url as JDBC has it
   */
  Database(String url, String table) {
    this.url = url + "&reWriteBatchedInserts=true"; // A batch is one statement, or a few.
    this.table = table;
  }

  /** Stores rows in one transaction. */
  void store(List<Row> rows) throws SQLException {
    Connection connection = connection();
    try {
      insert(rows, connection);
      connection.commit();
    } catch (SQLException e) {
      for (Connection each = connection; each != null; each = idle.poll()) {
        each.abort(Runnable::run);
      }
      throw e;
    }
    idle.add(connection);
  }

  private void insert(List<Row> rows, Connection connection) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(insertion())) {
      for (Row row : rows) {
        insert.setString(1, row.key());
        insert.setString(2, row.deviceId());
        insert.setTimestamp(3, Timestamp.from(row.sentAt()));
        insert.setDouble(4, row.temperature());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = idle.poll();
    if (connection == null) {
      connection = DriverManager.getConnection(url);
      connection.setAutoCommit(false);
    }
    return connection;
  }

  private String insertion() {
    return "insert into "
        + table
        + " (key, device_id, sent_at, temperature) values (?, ?, ?, ?) on conflict do nothing";
  }

  /** Begins with an empty table. */
  void reset() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists " + table);
      statement.execute(
          "create table "
              + table
              + " (key text primary key, device_id text not null, sent_at timestamptz not null,"
              + " temperature double precision not null)");
      statement.execute("checkpoint");
    }
  }

  /** Begins with empty tables of the example, and a partition for what {@link Fleet} sends. */
  void resetSinks() throws SQLException, IOException {
    Path sql = Path.of("integrations/postgresql/sql");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists uplink, reading");
      for (String file : List.of("wide.sql", "long.sql")) {
        statement.execute(Files.readString(sql.resolve(file)));
      }
      for (String parent : List.of("uplink", "reading")) {
        statement.execute(
            "create table "
                + parent
                + "_2024 partition of "
                + parent
                + " for values"
                + " from ('2024-01-01') to ('2025-01-01')");
      }
      statement.execute("checkpoint");
    }
  }

  /** The example's sink with connections to here. */
  PostgresSink sink(Schema schema, int connections) {
    return new PostgresSink(PostgresSink.pool(url, connections), schema);
  }

  /** How many rows there are. */
  long count() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from " + table)) {
      result.next();
      return result.getLong(1);
    }
  }
}
