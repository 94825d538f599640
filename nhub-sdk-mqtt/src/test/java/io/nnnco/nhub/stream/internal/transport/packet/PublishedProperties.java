package io.nnnco.nhub.stream.internal.transport.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** User properties as a server sends them. */
public final class PublishedProperties {
  private PublishedProperties() {}

  /** Names and values in turn. */
  public static UserProperties of(String... texts) {
    return new UserProperties(bytes(texts));
  }

  /** The same, as a part of a packet. */
  public static byte[] bytes(String... texts) {
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    for (int i = 0; i < texts.length; i++) {
      if (i % 2 == 0) {
        section.write(0x26);
      }
      byte[] text = texts[i].getBytes(UTF_8);
      section.write(text.length >> 8);
      section.write(text.length);
      section.writeBytes(text);
    }
    return section.toByteArray();
  }
}
