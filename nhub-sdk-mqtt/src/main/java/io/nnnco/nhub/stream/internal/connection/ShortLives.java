package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections that broke soon after they were established. Not every server says that
 * another client took the session over; then only this pattern shows it. Not thread-safe.
 */
final class ShortLives {
  private static final int SUSPICIOUS = 4;

  private final @Nullable String durableName;
  private int count;

  ShortLives(@Nullable String durableName) {
    this.durableName = durableName;
  }

  void ended(NHubException failure) {
    count += failure.code() == StreamErrorCode.CONNECTION_LOST ? 1 : 0;
  }

  /** A connection has lasted long enough. */
  void reset() {
    count = 0;
  }

  NHubException suspecting(NHubException failure) {
    if (durableName == null
        || count < SUSPICIOUS
        || failure.code() != StreamErrorCode.CONNECTION_LOST
        || !(failure instanceof ConnectionException lost)) {
      return failure;
    }
    return new ConnectionException(
        StreamErrorCode.CONNECTION_LOST,
        lost.phase(),
        "The connection broke soon after it was established, for the "
            + count
            + "th time in a row: another client may be using the durable name "
            + durableName
            + ".",
        lost);
  }
}
