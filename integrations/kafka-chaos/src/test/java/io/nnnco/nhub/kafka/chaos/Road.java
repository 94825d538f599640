package io.nnnco.nhub.kafka.chaos;

import java.util.Random;

/** What brings messages from the bridge to Kafka, and is killed. */
interface Road extends AutoCloseable {
  /** Starts it; it subscribes soon. */
  void start();

  /** Kills all of it, with SIGKILL. */
  void kill();

  /**
   * Kills the process that receives, and perhaps more, with SIGKILL, and starts it again; returns
   * before it has started.
   */
  void killAndRestart(Random random);

  /** Waits until it has started again, all of it. */
  void awaitRestarted();

  /** How many bytes of memory its largest process holds. */
  long residentBytes();

  @Override
  void close();
}
