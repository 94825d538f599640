package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker lives longer than its connectors: none may leave a thread. */
@Timeout(120)
class ThreadsTest {
  /** One of each in a process, however many connectors there are; OkHttp's end after a minute. */
  private static final List<String> SHARED = List.of("ForkJoinPool", "OkHttp", "Okio");

  private static Set<Thread> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> SHARED.stream().noneMatch(thread.getName()::startsWith))
        .collect(Collectors.toSet());
  }

  private static void awaitNoMoreThan(Set<Thread> before) {
    Eventually.isTrue("no new threads", () -> before.containsAll(running()));
  }

  private static void startAndStop(TaskFixture connect) {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 10);
    task.stop();
  }

  @Test
  void stop_afterMessages_leavesNoThreads(@TempDir Path folder) {
    try (TaskFixture connect = new TaskFixture(folder)) {
      startAndStop(connect); // The fake's own threads have started.
      Set<Thread> before = running();
      for (String engine : new String[] {"paho", "direct"}) {
        connect.properties.put(Fields.ENGINE, engine);
        startAndStop(connect);
      }
      awaitNoMoreThan(before);
    }
  }

  @Test
  void start_thatFails_leavesNoThreads(@TempDir Path folder) {
    try (TaskFixture connect = new TaskFixture(folder)) {
      startAndStop(connect);
      Set<Thread> before = running();
      connect.properties.put(Fields.DIRECTORY, "/nowhere");
      assertThrows(ConnectException.class, connect::start);
      awaitNoMoreThan(before);
    }
  }

  @Test
  void validate_connects_leavesNoThreads(@TempDir Path folder) {
    try (TaskFixture connect = new TaskFixture(folder)) {
      startAndStop(connect);
      Set<Thread> before = running();
      new NHubSourceConnector().validate(connect.properties);
      awaitNoMoreThan(before);
    }
  }
}
