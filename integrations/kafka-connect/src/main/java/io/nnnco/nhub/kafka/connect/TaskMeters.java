package io.nnnco.nhub.kafka.connect;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MBean of a task. Thread-safe. */
final class TaskMeters implements SourceTaskMXBean {
  private static final Logger log = LoggerFactory.getLogger(TaskMeters.class);

  /** Those that JMX shows: a worker may start the next task before the former has stopped. */
  private static final Map<ObjectName, TaskMeters> SHOWN = new HashMap<>();

  private final ObjectName name;
  private final Receiver receiver;
  private final RecordQueue queue;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  private TaskMeters(ObjectName name, Receiver receiver, RecordQueue queue) {
    this.name = name;
    this.receiver = receiver;
    this.queue = queue;
  }

  /** Shows a task; one that another of the same name has not left is replaced. */
  static TaskMeters register(String connector, String task, Receiver receiver, RecordQueue queue) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    TaskMeters meters = new TaskMeters(name(connector, task), receiver, queue);
    synchronized (SHOWN) {
      try {
        if (SHOWN.put(meters.name, meters) != null) {
          server.unregisterMBean(meters.name);
        }
        server.registerMBean(meters, meters.name);
      } catch (JMException e) {
        log.warn("There are no JMX metrics of task {} of connector {}", task, connector, e);
      }
    }
    return meters;
  }

  static ObjectName name(String connector, String task) {
    try {
      return new ObjectName(
          "io.nnnco.nhub.kafka.connect:type=source-task,connector="
              + ObjectName.quote(connector)
              + ",task="
              + ObjectName.quote(task));
    } catch (JMException e) {
      throw new IllegalStateException("A quoted name is always well formed", e);
    }
  }

  void committed(boolean inKafka) {
    (inKafka ? delivered : dropped).increment();
  }

  void close() {
    synchronized (SHOWN) {
      try {
        if (SHOWN.remove(name, this)) {
          ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
      } catch (JMException e) {
        log.debug("The MBean of the task was gone", e);
      }
    }
  }

  @Override
  public String getState() {
    return receiver.health().reason().name();
  }

  @Override
  public String getStateDetail() {
    return receiver.health().detail();
  }

  @Override
  public long getReceived() {
    return receiver.stats().received();
  }

  @Override
  public long getDelivered() {
    return delivered.sum();
  }

  @Override
  public long getDropped() {
    return dropped.sum();
  }

  @Override
  public long getAcknowledged() {
    return receiver.stats().acknowledged();
  }

  @Override
  public long getRedelivered() {
    return receiver.stats().redelivered();
  }

  @Override
  public long getDeadLetters() {
    return receiver.deadLetters();
  }

  @Override
  public long getUndecodable() {
    return receiver.stats().undecodable();
  }

  @Override
  public long getReconnects() {
    return receiver.stats().reconnects();
  }

  @Override
  public int getInFlight() {
    return receiver.stats().inFlight();
  }

  @Override
  public int getQueued() {
    return queue.size();
  }

  @Override
  public long getLagMillis() {
    Duration lag = receiver.stats().lag();
    return lag == null ? -1 : lag.toMillis();
  }
}
