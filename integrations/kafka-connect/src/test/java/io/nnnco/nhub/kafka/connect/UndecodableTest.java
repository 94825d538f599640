package io.nnnco.nhub.kafka.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.core.NHubException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a message that cannot be decoded. */
@Timeout(120)
class UndecodableTest {
  private final TaskFixture connect;

  UndecodableTest(@TempDir Path folder) {
    connect = new TaskFixture(folder);
  }

  @AfterEach
  void close() {
    connect.close();
  }

  @Test
  void poll_noTolerance_failsTheTaskAndTheBridgeKeepsTheMessage() throws Exception {
    NHubSourceTask task = connect.startSubscribed();
    connect.publishUndecodable("METER-1");
    ConnectException error = assertThrows(ConnectException.class, () -> TaskFixture.poll(task, 1));
    NHubException ended = assertInstanceOf(NHubException.class, error.getCause());
    assertInstanceOf(MalformedMessageException.class, ended.getCause());
    task.stop();
    assertEquals(List.of(), connect.fake.acks().all());
  }

  @Test
  void poll_toleranceWithoutATopic_discardsTheMessage() throws Exception {
    connect.properties.put("errors.tolerance", "all");
    NHubSourceTask task = connect.startSubscribed();
    connect.publishUndecodable("METER-1");
    connect.awaitAcknowledged(1);
    connect.publish("METER-1", 1, 1);
    assertEquals(List.of(1L), TaskFixture.times(TaskFixture.poll(task, 1)));
  }

  @Test
  void poll_toleranceWithATopic_isADeadLetterAcknowledgedWhenKafkaHasIt() throws Exception {
    connect.properties.put("errors.tolerance", "all");
    connect.properties.put(Fields.DEAD_LETTER_TOPIC, "nhub-dead");
    NHubSourceTask task = connect.startSubscribed();
    connect.publishUndecodable("METER-1");
    List<SourceRecord> letters = TaskFixture.poll(task, 1);
    SourceRecord letter = letters.get(0);
    assertEquals("nhub-dead", letter.topic());
    assertEquals("METER-1", letter.key());
    assertEquals(Schema.BYTES_SCHEMA, letter.valueSchema());
    assertArrayEquals("not JSON".getBytes(UTF_8), (byte[]) letter.value());
    assertEquals("NHUB-MSG-001", letter.headers().lastWithName(RecordMapper.ERROR_CODE).value());
    assertNotNull(letter.headers().lastWithName(RecordMapper.ERROR_MESSAGE));
    assertEquals("uplinks", letter.headers().lastWithName(RecordMapper.KIND).value());
    assertNull(task.poll());
    assertEquals(List.of(), connect.fake.acks().all());

    TaskFixture.commit(task, letters);
    connect.awaitAcknowledged(1);
  }

  @Test
  void stop_deadLetterNotCommitted_isFastAndTheBridgeSendsItAgain() throws Exception {
    connect.properties.put("errors.tolerance", "all");
    connect.properties.put(Fields.DEAD_LETTER_TOPIC, "nhub-dead");
    NHubSourceTask task = connect.startSubscribed();
    connect.publishUndecodable("METER-1");
    TaskFixture.poll(task, 1);
    task.stop();

    List<SourceRecord> again = TaskFixture.poll(connect.start(), 1);
    assertTrue(again.get(0).topic().equals("nhub-dead"));
  }
}
