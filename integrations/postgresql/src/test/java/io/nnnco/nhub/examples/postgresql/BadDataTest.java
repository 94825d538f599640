package io.nnnco.nhub.examples.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A message that PostgreSQL refuses costs nobody else anything. */
class BadDataTest extends DatabaseFixture {
  private static final String TOPIC = "v4/groups/nnn.acme.master/%s/uplinks";

  /** Too long for an index, as it cannot be compressed. */
  private static final String LONG_ID =
      new Random(1)
          .ints(6_000, 'a', 'z')
          .mapToObj(Character::toString)
          .collect(Collectors.joining());

  private final FakeNHub fake = FakeNHub.start();

  private void publish(String device, String readings) {
    fake.publish(TOPIC.formatted(device), json(device, "1764385445000", readings));
  }

  private static String json(String device, String time, String readings) {
    return "{\"device_id\":\"%s\",\"timestamp_ms\":%s,\"readings\":[%s]}"
        .formatted(device, time, readings);
  }

  private static String reading(String channel, String value) {
    return "{\"channel_id\":\"%s\",\"value\":%s}".formatted(channel, value);
  }

  private Map<String, String> causes() {
    Map<String, String> causes = new TreeMap<>();
    for (FailedMessage failed : deadLetters) {
      String cause =
          failed.cause() instanceof SQLException refused
              ? refused.getSQLState()
              : failed.cause().getClass().getSimpleName();
      causes.put(failed.delivery().deviceId(), failed.attempts() + " " + cause);
    }
    return causes;
  }

  @Test
  void badData_amongGood_isHandedOverAtOnce_andAllTheRestIsStored() throws Exception {
    String url = server.urlOfNew("wide.sql", "partitions.sql");
    Subscription uplinks = subscribe(fake, sink(url, Schema.WIDE));
    for (int i = 0; i < 600; i++) {
      fake.publish(FakeMessage.uplink("METER-" + i % 20).reading("n", i, null));
      if (i % 200 == 100) {
        publish("NUL-" + i, reading("text", "\"a\\u0000b\""));
        publish("SURROGATE-" + i, reading("text", "\"\\ud800\""));
      }
    }
    publish("NAN", reading("text", "\"NaN\""));
    publish("HUGE-NUMBER", reading("n", "1e1000"));
    publish("HUGE", reading("text", "\"" + "x".repeat(262_000) + "\""));
    fake.publish(TOPIC.formatted("LONG-ID"), json(LONG_ID, "1", ""));
    fake.publish(TOPIC.formatted("NO-TIME"), json("NO-TIME", "null", ""));
    fake.publish(TOPIC.formatted("TOO-LARGE"), json("a", "1", "\"" + "x".repeat(1 << 20) + "\""));

    Eventually.isTrue("all done", () -> uplinks.stats().acknowledged() == 612);
    assertEquals(
        new TreeMap<>(
            Map.of(
                "NUL-100", "1 22P05",
                "NUL-300", "1 22P05",
                "NUL-500", "1 22P05",
                "SURROGATE-100", "1 22P02",
                "SURROGATE-300", "1 22P02",
                "SURROGATE-500", "1 22P02",
                "LONG-ID", "1 54000",
                "NO-TIME", "0 MalformedMessageException",
                "TOO-LARGE", "0 MalformedMessageException")),
        causes());
    assertEquals(603, PostgresServer.count(url, "uplink"));
    assertTrue(events.stream().noneMatch(each -> each.toString().contains("HandlerOutage")));
  }

  @Test
  void badReading_long_takesItsWholeMessageToTheDeadLetters() throws Exception {
    String url = server.urlOfNew("long.sql", "partitions.sql");
    Subscription uplinks = subscribe(fake, sink(url, Schema.LONG));
    publish("A", reading("n", "1") + "," + reading("nul\\u0000", "2") + "," + reading("m", "3"));
    publish("B", reading("n", "1") + "," + reading("nan", "\"NaN\"") + "," + reading("m", "1e999"));
    publish("C", reading("small", "1e-999"));

    Eventually.isTrue("all done", () -> uplinks.stats().acknowledged() == 3);
    assertEquals(Map.of("A", "1 22021"), causes());
    assertEquals(
        List.of("B", "B", "B", "C"),
        PostgresServer.query(url, "select device_id from reading order by 1"));
  }

  @Test
  void messageWithoutTime_isMalformed_becauseNothingStableCouldReplaceTheTime() throws Exception {
    String url = server.urlOfNew("wide.sql");
    Subscription uplinks = subscribe(fake, sink(url, Schema.WIDE));
    fake.publish(FakeMessage.uplink("METER-1").without("timestamp_ms"));
    fake.publish(FakeMessage.uplink("METER-1").at(Instant.now()));

    Eventually.isTrue("both done", () -> uplinks.stats().acknowledged() == 2);
    assertEquals(MalformedMessageException.class, deadLetters.element().cause().getClass());
    assertEquals(1, PostgresServer.count(url, "uplink"));
  }

  @Test
  void isBadData_eachSqlState_asTheGuideSays() {
    for (String state : List.of("22021", "22P02", "22P05", "22003", "22008", "54000")) {
      assertTrue(PostgresSink.isBadData(new SQLException("refused", state)), state);
    }
    for (String state : List.of("08006", "23514", "40P01", "42P01", "53100", "57P01", "58030")) {
      assertTrue(!PostgresSink.isBadData(new SQLException("away", state)), state);
    }
    assertTrue(!PostgresSink.isBadData(new SQLException("no state")));
    assertTrue(!PostgresSink.isBadData(new IllegalStateException()));
  }
}
