package io.nnnco.nhub.stream.internal.recording;

import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event for JDK Flight Recorder. It holds neither a payload, nor a secret, nor the message of an
 * exception; text from elsewhere, such as the id of a device, only in a printable form.
 *
 * <p>Nothing that an event throws, for want of memory for instance, harms what it records.
 */
abstract class RecordedEvent extends Event {
  /**
   * Ends it, unless it has ended.
   *
   * @return whether it is to be recorded
   */
  final boolean isKept() {
    end();
    return shouldCommit();
  }

  /** Such as {@code java.io.IOException}. */
  static @Nullable String name(@Nullable Class<?> type) {
    return type == null ? null : type.getName();
  }
}
