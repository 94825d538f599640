package io.nnnco.nhub.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Faults of the REST API. Their opportunities are requests, in the order in which they are read;
 * with {@link #on(String, String)}, only those that match. {@link Occurrence#onClient(String)} does
 * not apply to them: a request has no client id.
 */
public sealed interface ApiFault extends Fault {
  /**
   * The API sends another response, and does not execute the request.
   *
   * @param status the HTTP status, 200 to 599
   * @param headers further headers, such as {@code Retry-After}
   * @param body the body, not necessarily JSON
   */
  record Respond(int status, Map<String, String> headers, String body) implements ApiFault {
    /**
     * Checks the status.
     *
     * @param status the HTTP status, 200 to 599
     * @param headers further headers
     * @param body the body
     * @throws IllegalArgumentException if the status is out of range, or a header cannot be sent
     */
    public Respond {
      headers = Map.copyOf(headers);
      Objects.requireNonNull(body, "body");
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("Not an HTTP status from 200 to 599: " + status + ".");
      }
      headers.forEach(Respond::checkHeader);
    }

    private static void checkHeader(String name, String value) {
      if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !value.matches("[\\t -~]*")) {
        throw new IllegalArgumentException(
            "Not an HTTP header: \"" + name + ": " + value + "\". A value is of ASCII characters.");
      }
    }

    /**
     * A response with a minimal JSON body, like the platform's own.
     *
     * @param status the HTTP status
     */
    public Respond(int status) {
      this(status, Map.of(), "{\"detail\": \"Fault on purpose.\"}");
    }

    /**
     * Creates a 429 with a time to wait.
     *
     * @param retryAfter how long to wait, in whole seconds
     * @return the fault
     */
    public static Respond rateLimited(Duration retryAfter) {
      return rateLimited(Long.toString(retryAfter.toSeconds()));
    }

    /**
     * Creates a 429 with the given {@code Retry-After}.
     *
     * @param retryAfter seconds, an HTTP date, or neither
     * @return the fault
     */
    public static Respond rateLimited(String retryAfter) {
      return new Respond(
          429, Map.of("Retry-After", retryAfter), "{\"detail\": \"Request was throttled.\"}");
    }

    /**
     * Creates the HTML page of a proxy that cannot reach the platform.
     *
     * @param status such as 502
     * @return the fault
     */
    public static Respond htmlPage(int status) {
      return new Respond(
          status,
          Map.of("Content-Type", "text/html"),
          "<html><head><title>" + status + "</title></head><body><hr>nginx</body></html>");
    }
  }

  /**
   * The API executes the request at once and responds later.
   *
   * @param time how much later, by the wall clock
   */
  record Delay(Duration time) implements ApiFault {
    /**
     * Checks the time.
     *
     * @param time how much later
     * @throws IllegalArgumentException if it is negative
     */
    public Delay {
      if (time.isNegative()) {
        throw new IllegalArgumentException("A time that is not negative is needed, not " + time);
      }
    }
  }

  /** The connection breaks before anything is executed. */
  record Reset() implements ApiFault {}

  /**
   * The API executes the request, and the connection breaks before the response: a certificate
   * issued this way is active, and nobody has its key.
   */
  record LoseResponse() implements ApiFault {}

  /**
   * The API executes the request, and the connection breaks within the response's body.
   *
   * @param bytes how many bytes of the body are sent; all but the last byte, if the body is shorter
   */
  record Truncate(int bytes) implements ApiFault {
    /**
     * Checks the length.
     *
     * @param bytes how many bytes of the body are sent
     * @throws IllegalArgumentException if it is negative
     */
    public Truncate {
      if (bytes < 0) {
        throw new IllegalArgumentException("A length that is not negative is needed.");
      }
    }
  }

  /**
   * The API executes the request and responds with its own status and headers, but with a body that
   * is not JSON, though it starts like it.
   */
  record Garbage() implements ApiFault {}

  /** The API reads the request, executes nothing, and never sends a byte. */
  record HalfOpen() implements ApiFault {}

  /**
   * A fault that applies to some requests only.
   *
   * @param method such as {@code POST}
   * @param path the end of the path, such as {@code mqtt-certificates/}
   * @param fault the fault
   */
  record Only(String method, String path, ApiFault fault) implements ApiFault {
    /**
     * Checks the arguments.
     *
     * @param method such as {@code POST}
     * @param path the end of the path
     * @param fault the fault
     */
    public Only {
      Objects.requireNonNull(method, "method");
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(fault, "fault");
    }
  }

  /**
   * Returns this fault with only some requests as opportunities.
   *
   * @param method such as {@code POST}
   * @param path the end of the path, such as {@code mqtt-certificates/} or {@code /revoke/}
   * @return the narrower fault
   */
  default ApiFault on(String method, String path) {
    return new Only(method, path, this);
  }
}
