package io.nnnco.nhub.stream;

/** How reliably a message is delivered (MQTT 5, section 4.3). */
public enum Qos {
  /** QoS 0: sent once; messages on their way when a connection breaks are lost. */
  AT_MOST_ONCE(0),
  /** QoS 1, the default: sent until acknowledged, so a message may arrive more than once. */
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
