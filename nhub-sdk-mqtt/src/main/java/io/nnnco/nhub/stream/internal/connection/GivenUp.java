package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Abandoned attempts whose CONNECT may still be on its way. One that arrives late takes the session
 * over like any other client's. Each explains one take-over, for as long as TCP may retransmit it.
 * Not thread-safe.
 */
final class GivenUp {
  private static final Duration LATE_AT_MOST = Duration.ofMinutes(2);

  private final Deque<Instant> attempts = new ArrayDeque<>();

  /** An attempt was given up in this phase. */
  void add(ConnectionPhase reached, Instant now) {
    forgetOld(now);
    if (reached.compareTo(ConnectionPhase.CONNECT) >= 0) {
      attempts.add(now);
    }
  }

  /**
   * An attempt failed. Most failures come with a response; a connection that broke in CONNECT does
   * not.
   */
  void add(NHubException failure, Instant now) {
    if (failure.code() == StreamErrorCode.CONNECTION_LOST
        && failure instanceof ConnectionException lost
        && lost.phase() == ConnectionPhase.CONNECT) {
      add(lost.phase(), now);
    }
  }

  /** What a take-over means if one of our own attempts explains it; each explains only one. */
  Optional<ConnectionException> explain(NHubException failure, Instant now) {
    forgetOld(now);
    if (!(failure instanceof SessionTakenOverException takenOver) || attempts.poll() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ConnectionException(
            StreamErrorCode.CONNECTION_LOST,
            takenOver.phase(),
            "The bridge most likely gave the session to an earlier attempt of this subscription,"
                + " which was given up and arrived late.",
            takenOver));
  }

  private void forgetOld(Instant now) {
    attempts.removeIf(at -> at.plus(LATE_AT_MOST).isBefore(now));
  }
}
