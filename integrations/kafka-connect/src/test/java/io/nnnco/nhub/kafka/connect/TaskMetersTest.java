package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What JMX shows of a task. */
@Timeout(120)
class TaskMetersTest {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private static final ObjectName NAME = TaskMeters.name("meters", "0");

  private static Object value(String attribute) {
    try {
      return SERVER.getAttribute(NAME, attribute);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void mbean_ofARunningTask_countsAndIsGoneAfterTheStop(@TempDir Path folder) throws Exception {
    try (TaskFixture connect = new TaskFixture(folder)) {
      connect.properties.put("errors.tolerance", "all");
      connect.properties.put(Fields.DEAD_LETTER_TOPIC, "dead");
      NHubSourceTask task = connect.startSubscribed();
      for (int device = 1; device <= 3; device++) {
        connect.publish("METER-" + device, 1, 1);
      }
      connect.publishUndecodable("METER-4");
      List<SourceRecord> records = TaskFixture.poll(task, 4);
      assertEquals(4, value("InFlight"));
      task.commitRecord(records.get(0), null);
      TaskFixture.commit(task, records.subList(1, 4));
      connect.awaitAcknowledged(4);

      Eventually.isTrue("a dead letter", () -> value("DeadLetters").equals(1L));
      assertEquals(4L, value("Received"));
      assertEquals(3L, value("Delivered"));
      assertEquals(1L, value("Dropped"));
      assertEquals(1L, value("Undecodable"));
      Eventually.isTrue("acknowledged", () -> value("Acknowledged").equals(4L));
      Eventually.isTrue("none in flight", () -> value("InFlight").equals(0));
      assertEquals("RECEIVING", value("State"));
      assertEquals(0, value("Queued"));
      assertEquals(0L, value("Reconnects"));
      task.stop();
      assertFalse(SERVER.isRegistered(NAME));
    }
  }

  /** A worker starts the next task when the former takes too long to stop. */
  @Test
  void mbean_formerTaskStopsAfterTheNextHasStarted_isThatOfTheNext(@TempDir Path folder) {
    try (TaskFixture connect = new TaskFixture(folder)) {
      NHubSourceTask former = connect.start();
      NHubSourceTask next = connect.start();
      former.stop();
      assertTrue(SERVER.isRegistered(NAME));
      next.stop();
      assertFalse(SERVER.isRegistered(NAME));
    }
  }

  @Test
  void name_ofAConnectorWithQuotesCommasAndStars_isThatOfOneTask() {
    for (String odd : List.of("a,b=c", "with \"quotes\"", "a*", "a?", "a\nb", "")) {
      ObjectName name = TaskMeters.name(odd, "0");
      assertFalse(name.isPattern(), odd);
      assertEquals(odd, ObjectName.unquote(name.getKeyProperty("connector")));
    }
  }
}
