package io.nnnco.nhub.examples.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    DateTimeFormatter month = DateTimeFormatter.ofPattern("yyyyMM");
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
  void unit_changesFromDaysToMonths_monthBeginsAfterTheDays() throws Exception {
    String url = url();
    LocalDate nextMonth = today.withDayOfMonth(1).plusMonths(1);
    long ahead = ChronoUnit.DAYS.between(today, nextMonth.plusDays(1));
    PostgresServer.execute(url, "call nhub_partitions('uplink', 'day', " + ahead + ", '1 year')");
    PostgresServer.execute(url, "call nhub_partitions('uplink', 'month', 2, '1 year')");
    PostgresServer.execute(url, "call nhub_partitions('uplink', 'month', 2, '1 year')");
    insert(url, nextMonth.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC), Instant.now());
    insert(url, nextMonth.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC), Instant.now());
    insert(url, nextMonth.plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC), Instant.now());
    DateTimeFormatter month = DateTimeFormatter.ofPattern("'uplink_'yyyyMM");
    assertEquals(
        Stream.of(
                nextMonth.format(month),
                nextMonth.plusDays(1).format(DateTimeFormatter.ofPattern("'uplink_'yyyyMMdd")),
                nextMonth.plusMonths(1).format(month))
            .sorted()
            .toList(),
        rowsByPartition(url).stream().sorted().toList());
  }

  @Test
  void unit_changesFromMonthsToDays_daysBeginAfterTheMonths() throws Exception {
    String url = url();
    LocalDate inTwoMonths = today.withDayOfMonth(1).plusMonths(2);
    PostgresServer.execute(url, "call nhub_partitions('uplink', 'month', 1, '1 year')");
    insert(url, inTwoMonths.atStartOfDay().toInstant(ZoneOffset.UTC), Instant.now());
    PostgresServer.execute(url, "call nhub_partitions('uplink', 'day', 62, '1 year')");
    assertEquals(
        List.of("uplink_" + inTwoMonths.format(DateTimeFormatter.BASIC_ISO_DATE)),
        rowsByPartition(url));
  }

  @Test
  void unit_otherThanDayOrMonth_isRefused() throws Exception {
    String url = url();
    SQLException refused =
        assertThrows(
            SQLException.class,
            () ->
                PostgresServer.execute(
                    url, "call nhub_partitions('uplink', 'hour', 2, '30 days')"));
    assertTrue(refused.toString().contains("'hour' instead of 'day' or 'month'"));
    assertEquals(List.of("uplink_default"), partitions(url));
  }

  @Test
  void files_runAgain_changeNothing() throws Exception {
    String url = url();
    insert(url, Instant.now(), Instant.now());
    for (String file : List.of("wide.sql", "long.sql", "partitions.sql")) {
      PostgresServer.execute(url, Files.readString(Path.of("sql", file)));
    }
    assertEquals(1, PostgresServer.count(url, "uplink"));
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
      CompletableFuture<Void> job = start(url);
      Eventually.isTrue(
          "the job waits", () -> PostgresServer.count(url, "pg_locks where not granted") > 0);
      writer.commit();
      job.get();
    }
    assertEquals(List.of(day(0)), rowsByPartition(url));
  }

  @Test
  void jobs_atTheSameTime_runOneAfterTheOther() throws Exception {
    String url = url();
    try (Connection writer = DriverManager.getConnection(url);
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("insert into uplink values ('A', now(), '\\x01', now(), '{}')");
      List<CompletableFuture<Void>> jobs = List.of(start(url), start(url));
      Eventually.isTrue(
          "both wait", () -> PostgresServer.count(url, "pg_locks where not granted") == 2);
      writer.commit();
      for (CompletableFuture<Void> job : jobs) {
        job.get();
      }
    }
    assertEquals(List.of(day(0)), rowsByPartition(url));
  }

  private static CompletableFuture<Void> start(String url) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            maintain(url, "30 days");
          } catch (SQLException e) {
            throw new CompletionException(e);
          }
        },
        job -> new Thread(job).start());
  }
}
