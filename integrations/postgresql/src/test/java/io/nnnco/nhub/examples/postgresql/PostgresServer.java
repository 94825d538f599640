package io.nnnco.nhub.examples.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real PostgreSQL in a directory of its own, with fsync; it can be killed and started again. */
final class PostgresServer {
  private static final Path SQL = Path.of("sql");
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final Path programs;
  private final Path directory;
  private final int port = Programs.freePort();
  private Process process;

  private PostgresServer() throws Exception {
    programs = programs();
    directory = Files.createTempDirectory("nhub-postgres-");
    if (isRoot()) {
      Programs.run(List.of("chown", "postgres", directory.toString()), log());
    }
    Programs.run(
        asUser("initdb", "-D", data(), "-A", "trust", "-U", "nhub", "--no-sync"),
        directory.resolve("initdb"));
    process = launch();
    awaitUp();
  }

  /** Starts one with an empty database. */
  static PostgresServer start() throws Exception {
    return new PostgresServer();
  }

  private static Path programs() throws IOException {
    Path debian = Path.of("/usr/lib/postgresql");
    try (Stream<Path> versions = Files.isDirectory(debian) ? Files.list(debian) : Stream.empty()) {
      Path newest = debian.resolve("none");
      newest = versions.max(Comparator.naturalOrder()).orElse(newest).resolve("bin");
      Stream<Path> path = Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of);
      Path initdb =
          Programs.required("initdb", Stream.concat(Stream.of(newest), path), "postgresql");
      return initdb.resolveSibling("");
    }
  }

  /** PostgreSQL refuses to run as root. */
  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private List<String> asUser(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private Path log() {
    return directory.resolveSibling(directory.getFileName() + ".log");
  }

  private Process launch() throws IOException {
    return Programs.start(
        asUser(
            "postgres",
            "-D",
            data(),
            "-p",
            String.valueOf(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=" + directory),
        log());
  }

  /** Starts it again after {@link #kill} or {@link #stopImmediately}. */
  void startAgain() throws Exception {
    process = launch();
    awaitUp();
  }

  private void awaitUp() throws Exception {
    Eventually.isTrue(
        "PostgreSQL is up, see " + log(),
        () -> {
          if (!process.isAlive()) {
            process = launch(); // What a killed one left has not ended yet.
          }
          try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid(5);
          } catch (SQLException e) {
            return false;
          }
        });
  }

  /** SIGKILL to the server; its backends find out by themselves. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As a crash, but for all of its processes at once. */
  void stopImmediately() throws Exception {
    Programs.run(asUser("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop"), log());
    process.waitFor();
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=nhub";
  }

  /** The URL of a namespace of its own, with the tables of these files. */
  String urlOfNew(String... files) throws Exception {
    String name = "test_" + SCHEMAS.incrementAndGet();
    execute(url(), "create schema " + name);
    String url = url() + "&currentSchema=" + name;
    for (String file : files) {
      execute(url, Files.readString(SQL.resolve(file)));
    }
    return url;
  }

  static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column, as text. */
  static List<String> query(String url, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        values.add(String.valueOf(result.getString(1)));
      }
    }
    return values;
  }

  static long count(String url, String table) throws SQLException {
    return Long.parseLong(query(url, "select count(*) from " + table).get(0));
  }

  /** Ends it, and removes what it has stored. */
  void stop() throws Exception {
    if (process.isAlive()) {
      stopImmediately();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(log());
  }
}
