package io.nnnco.nhub.kafka.connect;

/** What JMX shows of a task. All counts are since the task started. */
public interface SourceTaskMXBean {
  /**
   * The state of the subscriptions.
   *
   * @return that of the worst, such as RECEIVING, QUIET or DISCONNECTED
   */
  String getState();

  /**
   * The state as a sentence.
   *
   * @return for a person
   */
  String getStateDetail();

  /**
   * Messages read from the bridge.
   *
   * @return the count, copies included
   */
  long getReceived();

  /**
   * Records that Kafka has confirmed.
   *
   * @return the count
   */
  long getDelivered();

  /**
   * Records that never went to Kafka: dropped by a transform, or tolerated as an error.
   *
   * @return the count
   */
  long getDropped();

  /**
   * Messages acknowledged to the bridge.
   *
   * @return the count
   */
  long getAcknowledged();

  /**
   * Messages that the bridge is known to have sent before.
   *
   * @return the count
   */
  long getRedelivered();

  /**
   * Messages put into the dead letter topic.
   *
   * @return the count
   */
  long getDeadLetters();

  /**
   * Messages that could not be decoded.
   *
   * @return the count
   */
  long getUndecodable();

  /**
   * Connections made after the first one.
   *
   * @return the count
   */
  long getReconnects();

  /**
   * Messages read from the bridge and not yet in Kafka.
   *
   * @return the number at this moment
   */
  int getInFlight();

  /**
   * Records that wait for the worker to poll.
   *
   * @return the number at this moment
   */
  int getQueued();

  /**
   * The time from the last message's own time to its arrival.
   *
   * @return milliseconds; -1 before the first message
   */
  long getLagMillis();
}
