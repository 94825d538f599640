package io.nnnco.nhub.kafka.connect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The sessions of a connector. Which device belongs to which session depends on the device and on
 * the number of sessions alone: not on the tasks, not on the other devices.
 */
final class Sessions {
  private Sessions() {}

  /** The sessions of a configuration; those that would have no device are left out. */
  static List<Session> of(ConnectorConfig config) {
    int count = config.getInt(Fields.SESSIONS);
    List<String> devices = config.devices();
    String name = config.durableName();
    if (count == 1) {
      return List.of(new Session(0, name, devices));
    }
    if (devices.isEmpty()) {
      throw new FieldException(
          Fields.SESSIONS,
          "It is "
              + count
              + ", but nhub.devices is empty, and each session would receive every message. List"
              + " the devices, or set it to 1.");
    }
    List<Session> sessions = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int of = number;
      List<String> own = devices.stream().filter(device -> numberFor(device, count) == of).toList();
      if (!own.isEmpty()) {
        sessions.add(new Session(number, name + "-" + number, own));
      }
    }
    return List.copyOf(sessions);
  }

  /** The session that a device belongs to. */
  static int numberFor(String device, int sessions) {
    CRC32 hash = new CRC32();
    hash.update(device.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % sessions);
  }

  /** The numbers of the sessions for each task; as many tasks as there is work for. */
  static List<List<Integer>> perTask(List<Session> sessions, int maxTasks) {
    int tasks = Math.min(maxTasks, sessions.size());
    List<List<Integer>> numbers = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      numbers.add(new ArrayList<>());
    }
    for (int i = 0; i < sessions.size(); i++) {
      numbers.get(i % tasks).add(sessions.get(i).number());
    }
    return numbers;
  }
}
