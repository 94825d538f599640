package io.nnnco.nhub.core.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is equal for the copies of a message, and differs between messages. */
public final class DeduplicationKey {
  private DeduplicationKey() {}

  /** The topic, a slash, and the SHA-256 of the payload in hex. */
  public static String of(String topic, byte[] payload) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(payload);
      return topic + "/" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
