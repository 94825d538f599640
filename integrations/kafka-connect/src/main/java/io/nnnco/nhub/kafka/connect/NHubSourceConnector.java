package io.nnnco.nhub.kafka.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * A source of the device messages of one N-Hub enterprise. A message is acknowledged to the bridge
 * after Kafka has it; {@code docs/kafka.md} says what follows from that.
 */
public final class NHubSourceConnector extends SourceConnector {
  /** A worker's REST interface gives up after 90 seconds. */
  private static final Duration VALIDATION = Duration.ofSeconds(10);

  private final Duration validation;
  private Map<String, String> properties = Map.of();

  /** Made by Kafka Connect. */
  public NHubSourceConnector() {
    this(VALIDATION);
  }

  /**
   * One with another limit.
   *
   * @param validation how long the connection of a validation may take
   */
  NHubSourceConnector(Duration validation) {
    this.validation = validation;
  }

  @Override
  public String version() {
    return Version.VALUE;
  }

  @Override
  public ConfigDef config() {
    return Fields.DEFINITION;
  }

  @Override
  public void start(Map<String, String> configuration) {
    properties = Map.copyOf(configuration);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return NHubSourceTask.class;
  }

  /** Divides the sessions among the tasks; which devices a session has does not depend on it. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Session> sessions = Sessions.of(new ConnectorConfig(properties));
    List<Map<String, String>> tasks = new ArrayList<>();
    for (List<Integer> numbers : Sessions.perTask(sessions, maxTasks)) {
      Map<String, String> task = new HashMap<>(properties);
      task.put(NHubSourceTask.TASK_ID, String.valueOf(tasks.size()));
      task.put(
          NHubSourceTask.TASK_SESSIONS,
          numbers.stream().map(String::valueOf).collect(Collectors.joining(",")));
      tasks.add(task);
    }
    return tasks;
  }

  @Override
  public void stop() {}

  /**
   * Checks each field, then what they say together, and then, if nothing is wrong and {@code
   * nhub.validate.connection} is not false, connects to N-Hub for a few seconds.
   */
  @Override
  public Config validate(Map<String, String> configuration) {
    Config config = super.validate(configuration);
    new ConfigurationCheck(new Problems(config), configuration, validation).run();
    return config;
  }

  /** Unsupported: MQTT delivers at least once, and a copy has the same deduplication key. */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> configuration) {
    return ExactlyOnceSupport.UNSUPPORTED;
  }

  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> configuration) {
    return ConnectorTransactionBoundaries.UNSUPPORTED;
  }

  /** Impossible: the bridge, not Connect, keeps the position. */
  @Override
  public boolean alterOffsets(
      Map<String, String> configuration, Map<Map<String, ?>, Map<String, ?>> offsets) {
    throw new UnsupportedOperationException(
        "The bridge keeps the position of a session, and MQTT cannot move it.");
  }
}
