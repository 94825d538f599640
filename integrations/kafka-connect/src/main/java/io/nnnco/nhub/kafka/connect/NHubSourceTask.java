package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.core.NHubException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives device messages, and acknowledges each to the bridge when Kafka has it. What was not
 * acknowledged, the bridge sends again when the task runs again, here or on another worker.
 */
public final class NHubSourceTask extends SourceTask {
  static final String TASK_ID = "nhub.task.id";
  static final String TASK_SESSIONS = "nhub.task.sessions";

  private static final Logger log = LoggerFactory.getLogger(NHubSourceTask.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

  /** Longer than a worker that wakes needs to stop the tasks that it has lost. */
  private static final Duration TAKE_OVER_PAUSE = Duration.ofSeconds(30);

  private final RecordQueue queue = new RecordQueue();
  private final TakeOvers takeOvers;
  private Duration wait = Duration.ZERO;
  private volatile @Nullable Receiver receiver;
  private volatile @Nullable TaskMeters meters;

  /** The thread of the worker that polls, transforms, converts and sends. */
  private volatile @Nullable Thread sender;

  /** Made by Kafka Connect. */
  public NHubSourceTask() {
    this(TAKE_OVER_PAUSE);
  }

  /**
   * One with another pause.
   *
   * @param takeOverPause how long it leaves a session to whoever has taken it over
   */
  NHubSourceTask(Duration takeOverPause) {
    this.takeOvers = new TakeOvers(takeOverPause);
  }

  @Override
  public String version() {
    return Version.VALUE;
  }

  /** Subscribes; the connection is made in the background. */
  @Override
  public void start(Map<String, String> properties) {
    try {
      ConnectorConfig config = new ConnectorConfig(properties);
      List<Session> sessions = sessions(config);
      wait = config.pollWait();
      Receiver opened = Receiver.open(config, sessions, queue, takeOvers);
      receiver = opened;
      meters =
          TaskMeters.register(config.connector(), config.original(TASK_ID, "0"), opened, queue);
      log.info(
          "Receiving messages of {} with the sessions {}",
          config.enterprise(),
          sessions.stream().map(Session::durableName).toList());
    } catch (NHubException | ConfigException e) {
      throw new ConnectException(e.getMessage(), e);
    }
  }

  private static List<Session> sessions(ConnectorConfig config) {
    List<Session> all = Sessions.of(config);
    String own = config.original(TASK_SESSIONS, "");
    if (own.isEmpty()) {
      return all;
    }
    Set<Integer> numbers =
        Arrays.stream(own.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
    return all.stream().filter(session -> numbers.contains(session.number())).toList();
  }

  /**
   * Waits for messages, for no longer than {@code nhub.poll.wait.ms}.
   *
   * @return the records; null if there are none
   * @throws ConnectException if the bridge refuses the subscription for good, with the SDK's code
   */
  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    sender = Thread.currentThread();
    takeOvers.resume();
    List<NHubSourceRecord> records = queue.take(wait);
    return records.isEmpty() ? null : new ArrayList<>(records);
  }

  /**
   * Acknowledges a message that Kafka has, or that a transform or {@code errors.tolerance=all} has
   * dropped on its way to the producer.
   *
   * <p>With that tolerance, the worker also commits what the producer gave up, be it because Kafka
   * refuses it or because the worker stops while Kafka is away. That is told by the producer's
   * threads. Such a message is not acknowledged, and ends the task: the bridge still has it.
   */
  @Override
  public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
    if (!(record instanceof NHubSourceRecord own)) {
      return;
    }
    boolean inKafka = metadata != null;
    if (!inKafka && Thread.currentThread() != sender) {
      queue.end(
          new ConnectException(
              "Kafka did not take a message of device "
                  + record.key()
                  + " for topic "
                  + record.topic()
                  + "; the worker's log says why. The bridge keeps it: fix the cause, and restart"
                  + " the task."));
      return;
    }
    TaskMeters counted = meters;
    if (counted != null) {
      counted.committed(inKafka);
    }
    own.confirm();
  }

  /** Ends the subscriptions within seconds, also while another thread polls. */
  @Override
  public void stop() {
    queue.end(null);
    TaskMeters registered = meters;
    if (registered != null) {
      registered.close();
    }
    Receiver open = receiver;
    if (open == null) {
      return;
    }
    receiver = null;
    Thread closing = new Thread(open::close, "nhub-source-stop");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(LONGEST_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
