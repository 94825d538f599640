package io.nnnco.nhub.stream.internal.transport.packet;

import io.nnnco.nhub.stream.UserProperty;
import java.util.List;

/**
 * The user properties of a message, which are well formed. Kept as they came, and read when they
 * are asked for: as objects, a packet full of empty ones would take more than ten times its size.
 * Immutable.
 */
public final class UserProperties {
  /** What almost every message has. */
  public static final UserProperties NONE = new UserProperties(new byte[0]);

  private final byte[] section;

  /**
   * Takes them over.
   *
   * @param section the properties of a packet, checked; others among them are passed over
   */
  UserProperties(byte[] section) {
    this.section = section;
  }

  /** How many bytes they take as long as they are kept. */
  public int heldBytes() {
    return section.length;
  }

  /** In the order sent; unmodifiable. */
  public List<UserProperty> list() {
    try {
      return section.length == 0
          ? List.of()
          : Properties.userProperties(new Cursor(section, 0, section.length));
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("These properties were checked when they came", e);
    }
  }
}
