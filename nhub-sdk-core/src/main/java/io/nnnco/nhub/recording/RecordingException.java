package io.nnnco.nhub.recording;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import org.jspecify.annotations.Nullable;

/** A recording cannot be read or written. {@link #code()} says why. */
public final class RecordingException extends NHubException {
  private static final long serialVersionUID = 1L;

  RecordingException(CoreErrorCode code, String problem, @Nullable Throwable cause) {
    super(code, problem, cause);
  }
}
