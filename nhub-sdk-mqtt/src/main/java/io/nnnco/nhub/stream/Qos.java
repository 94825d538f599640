package io.nnnco.nhub.stream;

/** How surely a message is delivered (rule M9; MQTT 5, section 4.3). */
public enum Qos {
  /** QoS 0: sent once, never again; what is on its way when a connection breaks is lost. */
  AT_MOST_ONCE(0),
  /** QoS 1, the default: sent until it is acknowledged, so it may come more than once. */
  AT_LEAST_ONCE(1);

  private final int level;

  Qos(int level) {
    this.level = level;
  }

  /**
   * The number on the wire.
   *
   * @return 0 or 1
   */
  public int level() {
    return level;
  }
}
