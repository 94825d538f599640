package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * One request of a call, for metrics: it holds no id, no query and no text of the platform, so its
 * method, endpoint, status and error may be tags. Immutable.
 *
 * @param method {@code GET} or {@code POST}
 * @param endpoint the path under the environment's address, with a placeholder for each id, such as
 *     {@code /mqtt-certificates/{id}/revoke}
 * @param status the status of the response, or null if there was none
 * @param error why the request failed; null if the status is 2xx, whatever the response holds
 * @param number 1 for the first request of a call, 2 for its first retry, and so on
 * @param took the time from the request to the end of the response, in nanoseconds
 * @see ApiMetrics
 */
public record ApiAttempt(
    String method,
    String endpoint,
    @Nullable Integer status,
    @Nullable ErrorCode error,
    int number,
    long took) {}
