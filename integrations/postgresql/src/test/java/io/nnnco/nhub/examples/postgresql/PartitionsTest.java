package io.nnnco.nhub.examples.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code sql/partitions.sql}. The sessions are in the time zone of Sydney, as these tests are. */
class PartitionsTest extends DatabaseFixture {
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private static void insert(String url, Instant sentAt, Instant arrivedAt) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert =
            connection.prepareStatement("insert into uplink values ('A', ?, '\\x01', ?, '{}')")) {
      insert.setObject(1, sentAt.atOffset(ZoneOffset.UTC));
      insert.setObject(2, arrivedAt.atOffset(ZoneOffset.UTC));
      insert.execute();
    }
  }

  private static Instant daysAgo(int days) {
    return Instant.now().minus(days, ChronoUnit.DAYS);
  }

  private String day(long daysAhead) {
    return "uplink_" + today.plusDays(daysAhead).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static void maintain(String url, String keep) throws SQLException {
    PostgresServer.execute(url, "call nhub_partitions('uplink', 'day', 2, '" + keep + "')");
  }

  private static List<String> partitions(String url) throws SQLException {
    return PostgresServer.query(
        url,
        "select relname from pg_inherits join pg_class on oid = inhrelid"
            + " where inhparent = 'uplink'::regclass order by 1");
  }

  private static List<String> rowsByPartition(String url) throws SQLException {
    return PostgresServer.query(
        url, "select regexp_replace(tableoid::regclass::text, '.*[.]', '') from uplink order by 1");
  }

  private String url() throws Exception {
    return server.urlOfNew("wide.sql", "long.sql", "partitions.sql");
  }

  @Test
  void days_ofAnEmptyTable_areTodayAndThoseAhead_howeverOften() throws Exception {
    String url = url();
    maintain(url, "30 days");
    maintain(url, "30 days");
    assertEquals(
        Stream.concat(LongStream.rangeClosed(0, 2).mapToObj(this::day), Stream.of("uplink_default"))
            .toList(),
        partitions(url));
    insert(url, today.atStartOfDay(ZoneOffset.UTC).toInstant(), Instant.now());
    insert(url, today.atTime(23, 59, 59).toInstant(ZoneOffset.UTC), Instant.now());
    assertEquals(List.of(day(0), day(0)), rowsByPartition(url));
  }

  @Test
  void months_ofTheLongTable_areThisOneAndThoseAhead() throws Exception {
    String url = url();
    PostgresServer.execute(url, "call nhub_partitions('reading', 'month', 1, '1 year')");
    DateTimeFormatter month = DateTimeFormatter.ofPattern("yyyyMM'01'");
    assertEquals(
        List.of(
            "reading_" + today.format(month),
            "reading_" + today.withDayOfMonth(1).plusMonths(1).format(month),
            "reading_default"),
        PostgresServer.query(
            url,
            "select relname from pg_inherits join pg_class on oid = inhrelid"
                + " where inhparent = 'reading'::regclass order by 1"));
  }

  @Test
  void rowsAheadOfTheJob_andLateOnes_moveToTheirPartition() throws Exception {
    String url = url();
    insert(url, Instant.now(), Instant.now());
    insert(url, daysAgo(5), Instant.now());
    insert(url, daysAgo(-300), Instant.now());
    assertEquals(
        List.of("uplink_default", "uplink_default", "uplink_default"), rowsByPartition(url));
    maintain(url, "30 days");
    assertEquals(List.of(day(-5), day(0), "uplink_default"), rowsByPartition(url));
  }

  @Test
  void retention_dropsWhatIsOver_andKeepsTheRest() throws Exception {
    String url = url();
    insert(url, daysAgo(40), daysAgo(40));
    insert(url, daysAgo(20), daysAgo(20));
    insert(url, daysAgo(0), daysAgo(0));
    maintain(url, "60 days");
    assertEquals(List.of(day(-40), day(-20), day(0)), rowsByPartition(url));
    maintain(url, "30 days");
    assertEquals(List.of(day(-20), day(0)), rowsByPartition(url));
  }

  @Test
  void messageOfADroppedPartition_comesBack_andStaysForAsLongAsIfItWereNew() throws Exception {
    String url = url();
    insert(url, daysAgo(40), daysAgo(40));
    maintain(url, "60 days");
    maintain(url, "30 days");
    assertEquals(List.of(), rowsByPartition(url));

    insert(url, daysAgo(40), daysAgo(29));
    maintain(url, "30 days");
    assertEquals(List.of("uplink_default"), rowsByPartition(url));

    maintain(url, "28 days");
    assertEquals(List.of(), rowsByPartition(url));
  }

  @Test
  void writerInTheMiddleOfATransaction_delaysTheJob_andLosesNothing() throws Exception {
    String url = url();
    try (Connection writer = DriverManager.getConnection(url);
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("insert into uplink values ('A', now(), '\\x01', now(), '{}')");
      Thread job =
          new Thread(
              () -> {
                try {
                  maintain(url, "30 days");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      job.start();
      Eventually.isTrue(
          "the job waits", () -> PostgresServer.count(url, "pg_locks where not granted") > 0);
      writer.commit();
      job.join();
    }
    assertEquals(List.of(day(0)), rowsByPartition(url));
  }
}
