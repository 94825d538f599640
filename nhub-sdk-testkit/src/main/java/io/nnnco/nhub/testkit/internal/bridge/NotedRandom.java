package io.nnnco.nhub.testkit.internal.bridge;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A source of randomness that remembers what may be an ephemeral key of X25519. */
final class NotedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient List<byte[]> notes = new ArrayList<>();

  @Override
  public void nextBytes(byte[] bytes) {
    super.nextBytes(bytes);
    if (bytes.length == X25519.KEY_SIZE) {
      notes.add(bytes.clone());
    }
  }

  List<byte[]> notes() {
    return notes;
  }
}
