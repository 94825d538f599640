package io.nnnco.nhub.examples.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nnnco.nhub.stream.BatchHandler;
import io.nnnco.nhub.stream.DeliveredMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Stores each batch of uplinks in one transaction. It returns after the commit, so what is
 * acknowledged is stored; what comes again is there already, and is left as it is. Thread-safe.
 */
public final class PostgresSink implements BatchHandler {
  private final DataSource database;
  private final Schema schema;

  /**
   * Creates a sink.
   *
   * @param database whose connections do not commit by themselves, such as {@link #pool}
   * @param schema where uplinks go
   */
  public PostgresSink(DataSource database, Schema schema) {
    this.database = database;
    this.schema = schema;
  }

  // tag::sink
  @Override
  public void handle(List<DeliveredMessage> batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(schema.insert())) {
      for (DeliveredMessage each : batch) {
        schema.add(each, insert);
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  // end::sink

  // tag::pool
  /** Connections that end by themselves when the database is gone, and wait until it is back. */
  public static HikariDataSource pool(String url, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(size);
    config.setAutoCommit(false); // what is not committed is rolled back
    config.setConnectionTimeout(3_000);
    config.setInitializationFailTimeout(-1); // the program may start before the database
    config.addDataSourceProperty("reWriteBatchedInserts", "true"); // many rows in one INSERT
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "60"); // a dead connection is no slow one
    return new HikariDataSource(config);
  }

  // end::pool

  // tag::bad-data
  /** Whether PostgreSQL refuses a value in the message, as it always will. */
  public static boolean isBadData(Throwable failure) {
    String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
    return state != null && (state.startsWith("22") || state.equals("54000"));
  }
  // end::bad-data
}
