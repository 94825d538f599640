package io.nnnco.nhub.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value that must never be printed: an API token, a password. {@code toString} shows nothing of
 * it. Only {@link #reveal()} returns the value, so that you can find each place that uses it.
 *
 * <p>Immutable and thread-safe. Two secrets are equal if their values are; the comparison takes the
 * same time wherever they differ.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a value.
   *
   * @param value the secret; not blank
   * @return the wrapped value
   * @throws IllegalArgumentException if the value is blank, or contains a line break: a token read
   *     from a file with its final newline would fail later, and less clearly
   */
  public static Secret of(String value) {
    Objects.requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A secret must not be blank.");
    }
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("A secret must not contain a line break; trim it first.");
    }
    return new Secret(value);
  }

  /**
   * Returns the value. Keep it out of logs and exceptions.
   *
   * @return the value that was passed to {@link #of(String)}
   */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
