package io.nnnco.nhub.stream.gap;

/** Why messages of a device are missing, as far as a receiver can know. */
public enum GapCause {
  /** They were sent while this subscription had no connection, and the bridge lost its session. */
  SESSION_LOST,
  /**
   * They were sent while this subscription had no connection. The bridge kept the session but not
   * these messages: its queue was full, or they were of QoS 0.
   */
  CONNECTION_OUTAGE,
  /**
   * Many devices were silent at the same time: most likely a gateway, a network or the platform.
   */
  SHARED,
  /** This device alone was silent for several messages in a row, or joined the network again. */
  DEVICE_SILENT,
  /**
   * Single messages are missing while the device went on: lost on the air, or anywhere else on the
   * way to the bridge.
   */
  FRAMES_LOST
}
