package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two tasks with one session: a worker that was frozen wakes, and its task is not stopped yet; or
 * two clusters have a connector of the same name.
 */
@Timeout(120)
class TakeOverTest {
  private final TaskFixture connect;

  TakeOverTest(@TempDir Path folder) {
    connect = new TaskFixture(folder);
  }

  @AfterEach
  void close() {
    connect.close();
  }

  /** A task that takes the session over from whoever has it. */
  private NHubSourceTask takeOver() {
    int before = connect.fake.connects().all().size();
    NHubSourceTask task = connect.start();
    Eventually.isTrue("taken over", () -> connect.fake.connects().all().size() > before);
    Eventually.isTrue("connected", () -> connect.fake.session(TaskFixture.CLIENT_ID).connected());
    return task;
  }

  private void pollUntilItConnects(NHubSourceTask task) throws InterruptedException {
    int before = connect.fake.connects().all().size();
    long end = System.nanoTime() + Eventually.SOON.toNanos();
    while (connect.fake.connects().all().size() == before) {
      assertNull(task.poll());
      if (System.nanoTime() > end) {
        throw new AssertionError("It does not connect again");
      }
    }
  }

  @Test
  void poll_theOtherTaskIsStopped_theSessionIsTakenBackAndNothingIsLost() throws Exception {
    NHubSourceTask task = connect.start(Duration.ZERO);
    Eventually.isTrue("connected", () -> connect.fake.session(TaskFixture.CLIENT_ID).connected());
    NHubSourceTask zombie = takeOver();
    connect.publish("METER-1", 1, 1);
    TaskFixture.poll(zombie, 1);
    connect.publish("METER-2", 2, 2);
    zombie.stop();

    List<SourceRecord> records = TaskFixture.poll(task, 2);
    TaskFixture.commit(task, records);
    assertEquals(List.of(1L, 2L), TaskFixture.times(records).stream().sorted().toList());
    connect.awaitAcknowledged(2);
  }

  @Test
  void poll_takenOverJustNow_waitsBeforeItTakesTheSessionBack() throws Exception {
    NHubSourceTask task = connect.start(Duration.ofDays(1));
    Eventually.isTrue("connected", () -> connect.fake.session(TaskFixture.CLIENT_ID).connected());
    takeOver();
    for (int i = 0; i < 5; i++) {
      assertNull(task.poll());
    }
    assertEquals(2, connect.fake.connects().all().size());
  }

  @Test
  void poll_takenOverAgainAndAgain_failsWithTheCode() throws Exception {
    NHubSourceTask task = connect.start(Duration.ZERO);
    Eventually.isTrue("connected", () -> connect.fake.session(TaskFixture.CLIENT_ID).connected());
    for (int i = 0; i < TakeOvers.FORGIVEN; i++) {
      takeOver();
      pollUntilItConnects(task);
      Eventually.isTrue("connected", () -> connect.fake.session(TaskFixture.CLIENT_ID).connected());
    }
    takeOver();
    ConnectException error = assertThrows(ConnectException.class, () -> TaskFixture.poll(task, 1));
    NHubException cause = assertInstanceOf(NHubException.class, error.getCause());
    assertEquals(StreamErrorCode.SESSION_TAKEN_OVER, cause.code());
  }
}
