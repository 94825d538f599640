package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a message is acknowledged, and when it is not. */
@Timeout(120)
class NHubSourceTaskTest {
  private final TaskFixture connect;

  NHubSourceTaskTest(@TempDir Path folder) {
    connect = new TaskFixture(folder);
  }

  @AfterEach
  void close() {
    connect.close();
  }

  private List<String> unacknowledged() {
    return connect.fake.session(TaskFixture.CLIENT_ID).unacknowledged();
  }

  private static String text(Exception error) {
    return String.valueOf(error.getMessage());
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void poll_message_isAcknowledgedOnlyWhenKafkaHasIt() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 1);
    List<SourceRecord> records = TaskFixture.poll(task, 1);
    assertNull(task.poll());
    assertEquals(1, unacknowledged().size());

    TaskFixture.commit(task, records);
    connect.awaitAcknowledged(1);
    Eventually.isTrue("none unacknowledged", () -> unacknowledged().isEmpty());
  }

  @Test
  void commitRecord_droppedByATransform_isAcknowledged() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 1);
    task.commitRecord(TaskFixture.poll(task, 1).get(0), null);
    connect.awaitAcknowledged(1);
  }

  @Test
  void commitRecord_givenUpByTheProducer_isNotAcknowledgedAndFailsTheTask() throws Exception {
    connect.properties.put("errors.tolerance", "all");
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 1);
    SourceRecord refused = TaskFixture.poll(task, 1).get(0);
    CompletableFuture.runAsync(() -> task.commitRecord(refused, null)).join();

    ConnectException error = assertThrows(ConnectException.class, () -> TaskFixture.poll(task, 1));
    assertTrue(text(error).startsWith("Kafka did not take a message of device METER-1"));
    task.stop();
    assertEquals(List.of(), connect.fake.acks().all());
    assertEquals(1, unacknowledged().size());
  }

  @Test
  void commitRecord_givenUpWhileTheTaskStops_isNotAcknowledged() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 1);
    SourceRecord pending = TaskFixture.poll(task, 1).get(0);
    task.stop();
    CompletableFuture.runAsync(() -> task.commitRecord(pending, null)).join();

    assertEquals(List.of(1L), TaskFixture.times(TaskFixture.poll(connect.start(), 1)));
  }

  @Test
  void stop_someCommitted_theBridgeSendsTheOthersToTheNextTask() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 1);
    TaskFixture.commit(task, TaskFixture.poll(task, 1));
    connect.publish("METER-1", 2, 3);
    connect.publish("METER-2", 4, 4);
    TaskFixture.poll(task, 2);
    task.stop();

    NHubSourceTask next = connect.start();
    List<SourceRecord> again = new ArrayList<>();
    while (again.size() < 3) {
      List<SourceRecord> records = TaskFixture.poll(next, 1);
      TaskFixture.commit(next, records);
      again.addAll(records);
    }
    assertEquals(
        List.of(2L, 3L),
        TaskFixture.times(again.stream().filter(each -> "METER-1".equals(each.key())).toList()));
    connect.awaitAcknowledged(4);
  }

  @Test
  void stop_justCommitted_leavesNothingToSendAgain() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 100);
    int left = 100;
    while (left > 0) {
      List<SourceRecord> records = TaskFixture.poll(task, 1);
      TaskFixture.commit(task, records);
      left -= records.size();
    }
    task.stop();
    Eventually.isTrue("all acknowledged", () -> connect.fake.acks().all().size() == 100);
    assertEquals(List.of(), unacknowledged());
  }

  @Test
  void stop_whileAPollWaits_endsThePollAtOnce() throws Exception {
    connect.properties.put(Fields.POLL_WAIT, "60000");
    NHubSourceTask task = connect.startSubscribed();
    CompletableFuture<Boolean> polled = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                polled.complete(task.poll() == null);
              } catch (InterruptedException | RuntimeException e) {
                polled.completeExceptionally(e);
              }
            });
    worker.start();
    Eventually.isTrue("waits", () -> worker.getState() == Thread.State.TIMED_WAITING);
    task.stop();
    assertTrue(polled.join());
    assertNull(task.poll());
  }

  @Test
  void poll_oneDeviceWithABacklog_comesInOrderAndInBatches() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 1_000);
    List<SourceRecord> all = new ArrayList<>();
    int roundTrips = 0;
    while (all.size() < 1_000) {
      List<SourceRecord> records = TaskFixture.poll(task, 1);
      TaskFixture.commit(task, records);
      all.addAll(records);
      roundTrips++;
    }
    assertEquals(oneTo(1_000), TaskFixture.times(all));
    assertTrue(roundTrips < 500, () -> "More than one round trip for two messages");
  }

  @Test
  void poll_batchNotCommitted_laterMessagesOfTheDeviceWait() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publish("METER-1", 1, 1);
    List<SourceRecord> first = TaskFixture.poll(task, 1);
    connect.publish("METER-1", 2, 2);
    connect.publish("METER-2", 3, 3);
    assertEquals("METER-2", TaskFixture.poll(task, 1).get(0).key());
    assertNull(task.poll());

    TaskFixture.commit(task, first);
    assertEquals(List.of(2L), TaskFixture.times(TaskFixture.poll(task, 1)));
  }

  @Test
  void poll_nothingCommitted_noMoreThanTheWindowIsInTheConnector() throws Exception {
    connect.properties.put(Fields.WINDOW, "10");
    NHubSourceTask task = connect.startSubscribed();
    for (int device = 1; device <= 30; device++) {
      connect.publish("METER-" + device, device, device);
    }
    Eventually.isTrue("window full", () -> unacknowledged().size() == 10);
    List<SourceRecord> polled = TaskFixture.poll(task, 5);
    assertNull(task.poll());
    assertTrue(polled.size() <= 10);
    assertEquals(20, connect.fake.session(TaskFixture.CLIENT_ID).queued());
  }

  @Test
  void poll_theBridgeRefusesTheEnterprise_failsWithTheCode() {
    connect.properties.put(Fields.ENTERPRISE, "nnn.other");
    NHubSourceTask task = connect.start();
    ConnectException error = assertThrows(ConnectException.class, () -> TaskFixture.poll(task, 1));
    NHubException cause = assertInstanceOf(NHubException.class, error.getCause());
    assertEquals(StreamErrorCode.SUBSCRIPTION_REFUSED, cause.code());
    assertEquals(cause.getMessage(), error.getMessage());
  }

  @Test
  void poll_theConnectionBreaks_theTaskGoesOn() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.fake.dropConnections();
    Eventually.isTrue("again", () -> connect.fake.connects().all().size() >= 2);
    connect.publish("METER-1", 1, 1);
    TaskFixture.commit(task, TaskFixture.poll(task, 1));
    connect.awaitAcknowledged(1);
  }

  @Test
  void start_noCredentials_failsAndSaysWhatToSet() {
    connect.properties.remove(Fields.DIRECTORY);
    ConnectException error = assertThrows(ConnectException.class, connect::start);
    assertTrue(text(error).startsWith("nhub.credentials.directory: There are no"));
  }

  @Test
  void start_fileMissing_failsWithTheSdksText() {
    connect.properties.put(Fields.DIRECTORY, "/nowhere");
    ConnectException error = assertThrows(ConnectException.class, connect::start);
    assertTrue(text(error).startsWith("NHUB-ID-010"), text(error));
  }
}
