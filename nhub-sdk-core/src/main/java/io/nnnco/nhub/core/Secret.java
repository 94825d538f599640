package io.nnnco.nhub.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value that must never be printed: an API token, a password. {@code toString} shows that there
 * is one and nothing of it; only {@link #reveal()} gives the value, so that each place that uses it
 * can be found.
 *
 * <p>Immutable and safe for use by several threads. Two secrets are equal when their values are;
 * the comparison takes the same time wherever they differ.
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
   *     from a file with its last newline would fail later, and less clearly
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
   * The value itself. Keep it out of logs and exceptions.
   *
   * @return the value given to {@link #of(String)}
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
