package io.nnnco.nhub.testkit.internal.api;

import org.jspecify.annotations.Nullable;

/**
 * The caller, once the token is known.
 *
 * @param enterprise the one enterprise that the token may manage, or null for all of them
 */
record Caller(@Nullable String enterprise) {
  boolean manages(String other) {
    return enterprise == null || enterprise.equals(other);
  }
}
