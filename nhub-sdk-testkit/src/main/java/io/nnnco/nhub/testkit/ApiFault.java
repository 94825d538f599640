package io.nnnco.nhub.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What can go wrong on the REST side. Opportunities: requests, in the order in which they are read;
 * with {@link #on(String, String)} only those that match. An {@link Occurrence#onClient(String)} is
 * not for these: a request has no client id.
 */
public sealed interface ApiFault extends Fault {
  /**
   * Something else is answered, and the request not carried out.
   *
   * @param status the HTTP status, 100 to 599
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
     * @throws IllegalArgumentException if the status is not one
     */
    public Respond {
      headers = Map.copyOf(headers);
      Objects.requireNonNull(body, "body");
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("Not a status of an answer: " + status + ".");
      }
    }

    /**
     * An answer with a JSON body that says so little as the platform's own.
     *
     * @param status the HTTP status
     */
    public Respond(int status) {
      this(status, Map.of(), "{\"detail\": \"Fault on purpose.\"}");
    }

    /**
     * 429 with a time to wait (rule R10).
     *
     * @param retryAfter how long to wait, in whole seconds
     * @return the fault
     */
    public static Respond rateLimited(Duration retryAfter) {
      return rateLimited(Long.toString(retryAfter.toSeconds()));
    }

    /**
     * 429 with a {@code Retry-After} as given (rule R10).
     *
     * @param retryAfter seconds, an HTTP date, or neither
     * @return the fault
     */
    public static Respond rateLimited(String retryAfter) {
      return new Respond(
          429, Map.of("Retry-After", retryAfter), "{\"detail\": \"Request was throttled.\"}");
    }

    /**
     * The HTML page of a proxy that cannot reach the platform (rule R2).
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
   * The request is carried out at once and answered later.
   *
   * @param time how long later, by the wall clock
   */
  record Delay(Duration time) implements ApiFault {
    /**
     * Checks the time.
     *
     * @param time how long later
     * @throws IllegalArgumentException if it is negative
     */
    public Delay {
      if (time.isNegative()) {
        throw new IllegalArgumentException("A time that is not negative is needed, not " + time);
      }
    }
  }

  /** The connection breaks before anything was done. */
  record Reset() implements ApiFault {}

  /**
   * The request is carried out, and the connection breaks before the answer: a certificate issued
   * so is alive, and nobody has its key.
   */
  record LoseAnswer() implements ApiFault {}

  /**
   * The request is carried out, and the connection breaks within the answer's body.
   *
   * @param bytes how much of the body is sent; all but the last byte, if it is shorter
   */
  record Truncate(int bytes) implements ApiFault {
    /**
     * Checks the length.
     *
     * @param bytes how much of the body is sent
     * @throws IllegalArgumentException if it is negative
     */
    public Truncate {
      if (bytes < 0) {
        throw new IllegalArgumentException("A length that is not negative is needed.");
      }
    }
  }

  /**
   * The request is carried out and answered with its own status and headers, but a body that is no
   * JSON, though it starts like some.
   */
  record Garbage() implements ApiFault {}

  /** The request is read, nothing is done, and no byte is ever answered. */
  record HalfOpen() implements ApiFault {}

  /**
   * A fault of some requests only.
   *
   * @param method such as {@code POST}
   * @param path the end of the path, such as {@code mqtt-certificates/}
   * @param fault what happens
   */
  record Only(String method, String path, ApiFault fault) implements ApiFault {
    /**
     * Checks the arguments.
     *
     * @param method such as {@code POST}
     * @param path the end of the path
     * @param fault what happens
     */
    public Only {
      Objects.requireNonNull(method, "method");
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(fault, "fault");
    }
  }

  /**
   * The same, but counting only some requests as opportunities.
   *
   * @param method such as {@code POST}
   * @param path the end of the path, such as {@code mqtt-certificates/} or {@code /revoke/}
   * @return the narrower fault
   */
  default ApiFault on(String method, String path) {
    return new Only(method, path, this);
  }
}
