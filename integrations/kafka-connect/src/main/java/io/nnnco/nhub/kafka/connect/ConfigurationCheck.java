package io.nnnco.nhub.kafka.connect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what the fields say together, and at last the connection. */
final class ConfigurationCheck {
  private static final String TASKS_MAX = "tasks.max";
  private static final String VALUE_CONVERTER = "value.converter";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final Set<String> NOT_FOR_BYTES =
      Set.of(
          "org.apache.kafka.connect.json.JsonConverter",
          "org.apache.kafka.connect.storage.StringConverter");

  private final Problems problems;
  private final Map<String, String> properties;
  private final Duration timeout;

  ConfigurationCheck(Problems problems, Map<String, String> properties, Duration timeout) {
    this.problems = problems;
    this.properties = properties;
    this.timeout = timeout;
  }

  void run() {
    if (!problems.none()) {
      return;
    }
    ConnectorConfig config = new ConnectorConfig(properties);
    problems.collect(config::environment);
    problems.collect(config::enterprise);
    problems.collect(config::proxy);
    problems.collect(new ConnectorCredentials(config)::check);
    if (problems.none()) {
      problems.collect(config::topics);
      problems.collect(() -> checkConverter(config));
      problems.collect(() -> checkDeadLetters(config));
      problems.collect(() -> checkSessions(config));
      problems.collect(() -> ProducerCheck.run(config));
    }
    if (problems.none() && config.getBoolean(Fields.VALIDATE_CONNECTION)) {
      problems.collect(() -> new ConnectionCheck(config, timeout).run());
    }
  }

  private void checkSessions(ConnectorConfig config) {
    List<Session> sessions = Sessions.of(config);
    sessions.forEach(session -> config.options(session).build());
    String tasks = config.original(TASKS_MAX, "1");
    if (tasks.matches("\\d{1,9}") && Integer.parseInt(tasks) > config.getInt(Fields.SESSIONS)) {
      throw new FieldException(
          Fields.SESSIONS,
          "It is "
              + config.getInt(Fields.SESSIONS)
              + ", and tasks.max is "
              + tasks
              + ": each task needs a session of its own. Lower tasks.max, or list the devices in"
              + " nhub.devices and raise the number of sessions.");
    }
  }

  private static void checkDeadLetters(ConnectorConfig config) {
    if (config.text(Fields.DEAD_LETTER_TOPIC) != null && !config.toleratesErrors()) {
      throw new FieldException(
          Fields.DEAD_LETTER_TOPIC,
          "It has no effect with errors.tolerance=none, which fails the task. Set"
              + " errors.tolerance=all, or remove it.");
    }
  }

  private static void checkConverter(ConnectorConfig config) {
    String converter = config.original(VALUE_CONVERTER, "");
    boolean bytes = config.value() == ValueFormat.Kind.JSON;
    if (bytes && NOT_FOR_BYTES.contains(converter)) {
      throw new FieldException(
          Fields.VALUE,
          "With json, the value is bytes, which "
              + converter
              + " would spoil. Set value.converter="
              + BYTES
              + ", or set this to struct.");
    }
    if (!bytes && converter.equals(BYTES)) {
      throw new FieldException(
          Fields.VALUE,
          "With struct, value.converter must be one with schemas, such as"
              + " org.apache.kafka.connect.json.JsonConverter. Change it, or set this to json.");
    }
  }
}
