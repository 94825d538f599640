package io.nnnco.nhub.examples.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.DeliveredMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;

/** What rows an uplink becomes. Their keys depend on the uplink alone, never on its arrival. */
public enum Schema {
  /** One row per uplink: {@code sql/wide.sql}. */
  WIDE(
      "insert into uplink (device_id, sent_at, key, arrived_at, message)"
          + " values (?, ?, ?, ?, ?::jsonb) on conflict (device_id, sent_at, key) do nothing") {
    @Override
    void add(DeliveredMessage uplink, PreparedStatement insert) throws SQLException {
      insert.setString(1, uplink.message().deviceId());
      insert.setObject(2, sentAt(uplink));
      insert.setBytes(3, key(uplink));
      insert.setObject(4, uplink.delivery().arrivedAt().atOffset(ZoneOffset.UTC));
      insert.setString(5, uplink.message().toJson());
      insert.addBatch();
    }
  },

  /** One row per reading: {@code sql/long.sql}. */
  LONG(
      "insert into reading (device_id, channel_id, sent_at, key, position, arrived_at, number,"
          + " other, unit) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)"
          + " on conflict (device_id, channel_id, sent_at, key, position) do nothing") {
    @Override
    void add(DeliveredMessage uplink, PreparedStatement insert) throws SQLException {
      byte[] key = key(uplink);
      List<Reading> readings = ((Uplink) uplink.message()).readings();
      for (int position = 0; position < readings.size(); position++) {
        Reading reading = readings.get(position);
        OptionalDouble number = reading.number();
        boolean other = number.isEmpty() && !(reading.value() instanceof JsonNull);
        insert.setString(1, uplink.message().deviceId());
        insert.setString(2, reading.channelId());
        insert.setObject(3, sentAt(uplink));
        insert.setBytes(4, key);
        insert.setInt(5, position);
        insert.setObject(6, uplink.delivery().arrivedAt().atOffset(ZoneOffset.UTC));
        insert.setObject(7, number.isPresent() ? number.getAsDouble() : null, Types.DOUBLE);
        insert.setString(8, other ? reading.value().toString() : null);
        insert.setString(9, reading.unit());
        insert.addBatch();
      }
    }
  };

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final String insert;

  Schema(String insert) {
    this.insert = insert;
  }

  String insert() {
    return insert;
  }

  /** Adds the rows of an uplink to the batch of the statement {@link #insert}. */
  abstract void add(DeliveredMessage uplink, PreparedStatement insert) throws SQLException;

  // tag::time
  /** The message's own time; 1970-01-01 if that is before 1970 or after 9999. */
  static OffsetDateTime sentAt(DeliveredMessage uplink) {
    Instant sent = uplink.message().timestamp();
    boolean usable = !sent.isBefore(FIRST) && !sent.isAfter(LAST);
    return (usable ? sent : Instant.EPOCH).atOffset(ZoneOffset.UTC);
  }

  // end::time

  private static byte[] key(DeliveredMessage uplink) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(uplink.delivery().deduplicationKey().getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
