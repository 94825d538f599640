package io.nnnco.nhub.examples.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rows an uplink becomes, and which it does not become again. */
class SchemaTest extends DatabaseFixture {
  private static final Instant SENT = Instant.parse("2026-11-29T03:04:05.678Z");
  private final FakeNHub fake = FakeNHub.start();

  private void receive(String url, Schema schema, FakeMessage... messages) throws Exception {
    Subscription uplinks = subscribe(fake, sink(url, schema));
    for (FakeMessage message : messages) {
      fake.publish(message);
    }
    awaitAcknowledged(uplinks, messages.length);
  }

  private static void awaitAcknowledged(Subscription uplinks, long count) throws Exception {
    Eventually.isTrue("stored", () -> uplinks.stats().acknowledged() >= count);
  }

  private static FakeMessage uplink() {
    return FakeMessage.uplink("METER-1").at(SENT).reading("temperature", 21.5, "°C");
  }

  @Test
  void wide_uplink_isOneRowWithTheWholeMessage() throws Exception {
    String url = server.urlOfNew("wide.sql", "partitions.sql");
    receive(url, Schema.WIDE, uplink().reading("door", "open", null));
    assertEquals(
        List.of("METER-1|2026-11-29 03:04:05.678|21.5|open|32"),
        PostgresServer.query(
            url,
            "select concat_ws('|', device_id, sent_at at time zone 'UTC',"
                + " message->'readings'->0->'value', message->'readings'->1->>'value', length(key))"
                + " from uplink"));
  }

  @Test
  void long_uplink_isARowForEachReading() throws Exception {
    String url = server.urlOfNew("long.sql", "partitions.sql");
    receive(
        url,
        Schema.LONG,
        uplink().reading("temperature", 22, "°C").reading("door", "NaN", null),
        FakeMessage.uplink("METER-2").at(SENT).reading("tamper", true, null),
        FakeMessage.uplink("METER-3").at(SENT).reading("level", null, null));
    assertEquals(
        List.of(
            "METER-1|0|temperature|21.5|-|°C",
            "METER-1|1|temperature|22|-|°C",
            "METER-1|2|door|-|\"NaN\"|-",
            "METER-2|0|tamper|-|true|-",
            "METER-3|0|level|-|-|-"),
        PostgresServer.query(
            url,
            "select concat_ws('|', device_id, position, channel_id, coalesce(number::text, '-'),"
                + " coalesce(other::text, '-'), coalesce(unit, '-')) from reading"
                + " order by device_id, position"));
  }

  @Test
  void messageThatComesAgain_isStoredOnce_withTheTimeOfTheFirstArrival() throws Exception {
    for (Schema schema : Schema.values()) {
      String table = schema == Schema.WIDE ? "uplink" : "reading";
      String url = server.urlOfNew("wide.sql", "long.sql", "partitions.sql");
      Subscription uplinks = subscribe(fake, sink(url, schema));
      fake.publish(uplink());
      awaitAcknowledged(uplinks, 1);
      List<String> arrived = PostgresServer.query(url, "select arrived_at from " + table);
      fake.publish(uplink());
      fake.publish(uplink());
      awaitAcknowledged(uplinks, 3);
      assertEquals(arrived, PostgresServer.query(url, "select arrived_at from " + table));
      uplinks.close();
    }
  }

  @Test
  void equalTimeOfOneDevice_otherReadings_areTwoRows() throws Exception {
    String url = server.urlOfNew("wide.sql");
    receive(url, Schema.WIDE, uplink(), uplink().reading("humidity", 50, "%"));
    assertEquals(2, PostgresServer.count(url, "uplink"));
  }

  @Test
  void unusableTime_is1970_andStillOneRowWhenItComesAgain() throws Exception {
    String url = server.urlOfNew("wide.sql");
    FakeMessage[] messages = {
      uplink().at(Instant.ofEpochMilli(Long.MAX_VALUE)),
      uplink().at(Instant.ofEpochMilli(Long.MIN_VALUE)),
      uplink().at(Instant.parse("9999-12-31T23:59:59.999Z")),
      uplink().at(Instant.ofEpochMilli(Long.MAX_VALUE)),
      uplink().at(Instant.ofEpochMilli(Long.MIN_VALUE)),
    };
    receive(url, Schema.WIDE, messages);
    assertEquals(
        List.of("1970-01-01 00:00:00", "1970-01-01 00:00:00", "9999-12-31 23:59:59.999"),
        PostgresServer.query(
            url, "select sent_at at time zone 'UTC' from uplink_default order by sent_at"));
    assertEquals(
        List.of("-9223372036854775808", "9223372036854775807"),
        PostgresServer.query(
            url, "select message->>'timestamp_ms' from uplink where sent_at = 'epoch' order by 1"));
  }
}
