package io.nnnco.nhub.management;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that an error is about. Immutable.
 *
 * @param method {@code GET} or {@code POST}
 * @param path the path and query, without scheme and host
 * @param status the status of the response, or null if there was none
 * @param requestId the platform's id of the request, from the response's {@code X-Request-Id} or
 *     {@code X-Correlation-Id}, or null if it sent none
 */
public record ApiCall(
    String method, String path, @Nullable Integer status, @Nullable String requestId) {

  /**
   * Checks that there are a method and a path.
   *
   * @param method {@code GET} or {@code POST}
   * @param path the path and query
   * @param status the status, or null
   * @param requestId the platform's id of the request, or null
   */
  public ApiCall {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
  }

  /** Such as {@code POST /api/v4/manage/users/ → 400 (request id 4f2a)}. */
  @Override
  public String toString() {
    return method
        + " "
        + path
        + (status == null ? "" : " → " + status)
        + (requestId == null ? "" : " (request id " + requestId + ")");
  }
}
