package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.NHubException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads errors. */
final class Problems {
  private static final int DEEPEST = 20;

  private Problems() {}

  /** Code and problem, without the advice. */
  static String of(NHubException error) {
    String text = String.valueOf(error.getMessage());
    return text.endsWith(error.advice())
        ? text.substring(0, text.length() - error.advice().length()).strip()
        : text;
  }

  static boolean has(@Nullable Throwable error, Class<? extends Throwable> type) {
    return find(error, type).isPresent();
  }

  static <T extends Throwable> Optional<T> find(@Nullable Throwable error, Class<T> type) {
    int depth = 0;
    for (Throwable at = error; at != null && depth < DEEPEST; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      depth++;
    }
    return Optional.empty();
  }
}
