package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;
import org.jspecify.annotations.Nullable;

/** Assertions on an error by its type and its code: few types, many codes. */
public final class Coded {
  private Coded() {}

  /** Fails unless the code throws exactly this error. */
  public static <E extends NHubException> E assertThrows(
      Class<E> type, ErrorCode code, Executable executable) {
    return checked(Assertions.assertThrowsExactly(type, executable), code);
  }

  /** Fails unless the object is exactly this error. */
  public static <E extends NHubException> E assertInstanceOf(
      Class<E> type, ErrorCode code, @Nullable Object actual) {
    return checked(Assertions.assertInstanceOf(type, actual), code);
  }

  private static <E extends NHubException> E checked(E error, ErrorCode code) {
    assertEquals(code, error.code(), error::toString);
    return error;
  }
}
