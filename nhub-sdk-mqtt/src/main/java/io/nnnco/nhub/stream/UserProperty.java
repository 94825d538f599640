package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.internal.ForeignText;
import java.util.Objects;

/**
 * A user property of a message (MQTT 5 section 3.3.2.3.7): a pair of texts that its publisher, or
 * the bridge, sent beside the payload, such as a trace context. Immutable.
 *
 * @param name the name, which other properties of the message may have too; may be empty
 * @param value the value; may be empty
 */
public record UserProperty(String name, String value) {
  /**
   * Checks that neither is null.
   *
   * @param name the name
   * @param value the value
   */
  public UserProperty {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** On one line, without control characters, and with the start of long texts only. */
  @Override
  public String toString() {
    return "UserProperty[" + ForeignText.shown(name) + "=" + ForeignText.shown(value) + "]";
  }
}
