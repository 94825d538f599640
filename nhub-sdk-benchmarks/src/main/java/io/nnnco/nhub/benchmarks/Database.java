package io.nnnco.nhub.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * Writes uplinks into PostgreSQL; one that is there already is left as it is. Thread-safe: each
 * thread has a connection of its own, and another one after an error.
 */
final class Database {
  private final String url;
  private final String table;
  private final ThreadLocal<Connection> connections = new ThreadLocal<>();

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
    Connection connection = connections.get();
    if (connection == null) {
      connection = DriverManager.getConnection(url);
      connection.setAutoCommit(false);
      connections.set(connection);
    }
    try (PreparedStatement insert = connection.prepareStatement(insertion())) {
      for (Row row : rows) {
        insert.setString(1, row.key());
        insert.setString(2, row.deviceId());
        insert.setTimestamp(3, Timestamp.from(row.sentAt()));
        insert.setDouble(4, row.temperature());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      connections.remove();
      connection.abort(Runnable::run);
      throw e;
    }
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
