package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;

/** Which session has which devices, and which task has which session. */
class SessionsTest {
  private static final List<String> DEVICES =
      IntStream.range(0, 1_000).mapToObj(i -> "METER-" + i).toList();

  private static Map<String, String> properties(List<String> devices, int sessions) {
    Map<String, String> properties = new HashMap<>();
    properties.put("name", "meters");
    properties.put(Fields.DEVICES, String.join(",", devices));
    properties.put(Fields.SESSIONS, String.valueOf(sessions));
    return properties;
  }

  private static List<Session> sessions(List<String> devices, int count) {
    return Sessions.of(new ConnectorConfig(properties(devices, count)));
  }

  private static List<Map<String, String>> tasks(int maxTasks) {
    NHubSourceConnector connector = new NHubSourceConnector();
    connector.start(properties(DEVICES, 8));
    return connector.taskConfigs(maxTasks);
  }

  @Test
  void of_oneSession_hasTheConnectorsName() {
    assertEquals(List.of(new Session(0, "meters", List.of())), sessions(List.of(), 1));
  }

  @Test
  void of_severalSessions_eachDeviceIsInExactlyOne() {
    List<Session> sessions = sessions(DEVICES, 8);
    assertEquals(
        IntStream.range(0, 8).mapToObj(i -> "meters-" + i).toList(),
        sessions.stream().map(Session::durableName).toList());
    List<String> all = new ArrayList<>();
    sessions.forEach(session -> all.addAll(session.devices()));
    assertEquals(DEVICES.size(), all.size());
    assertEquals(new TreeSet<>(DEVICES), new TreeSet<>(all));
    sessions.forEach(
        session ->
            assertTrue(
                session.devices().size() > 80 && session.devices().size() < 170,
                () -> "The hash divides badly: " + session.devices().size()));
  }

  @Test
  void of_otherDevicesAdded_noDeviceChangesItsSession() {
    List<Session> before = sessions(DEVICES.subList(0, 500), 8);
    List<Session> after = sessions(DEVICES, 8);
    for (int i = 0; i < 8; i++) {
      assertTrue(after.get(i).devices().containsAll(before.get(i).devices()));
    }
  }

  @Test
  void of_moreSessionsThanDevices_theEmptyOnesAreLeftOut() {
    List<Session> sessions = sessions(List.of("METER-1"), 8);
    assertEquals(1, sessions.size());
    assertEquals("meters-" + Sessions.numberFor("METER-1", 8), sessions.get(0).durableName());
  }

  /** Changing it would move devices between sessions that exist. */
  @Test
  void numberFor_device_isTheSameForEver() {
    assertEquals(7, Sessions.numberFor("METER-1", 8));
    assertEquals(0, Sessions.numberFor("24E124136B502345", 4));
  }

  @Test
  void taskConfigs_anyNumberOfTasks_eachSessionIsInExactlyOne() {
    for (int maxTasks : List.of(1, 3, 8, 20)) {
      List<Map<String, String>> tasks = tasks(maxTasks);
      assertEquals(Math.min(maxTasks, 8), tasks.size());
      List<Integer> numbers =
          tasks.stream()
              .flatMap(
                  task ->
                      Stream.of(task.getOrDefault(NHubSourceTask.TASK_SESSIONS, "").split(",", -1)))
              .map(Integer::valueOf)
              .sorted()
              .toList();
      assertEquals(IntStream.range(0, 8).boxed().toList(), numbers);
    }
  }

  @Test
  void exactlyOnceSupport_isUnsupported() {
    NHubSourceConnector connector = new NHubSourceConnector();
    assertEquals(ExactlyOnceSupport.UNSUPPORTED, connector.exactlyOnceSupport(Map.of()));
    assertEquals(
        ConnectorTransactionBoundaries.UNSUPPORTED,
        connector.canDefineTransactionBoundaries(Map.of()));
  }
}
