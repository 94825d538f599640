package io.nnnco.nhub.testkit.internal.control.http;

import java.util.Map;

/** A refused request, as RFC 9457 problem details. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(421, "Misdirected Request"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"));

  private final int status;

  /** Never serialized: it does not leave the server. */
  private final transient Map<String, String> headers;

  private Problem(int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** A problem in words that say what to do. */
  public static Problem of(int status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  static Problem of(int status, String detail, String header, String value) {
    return new Problem(status, detail, Map.of(header, value));
  }

  /** What an operation threw, as the problem that it is. */
  static Problem of(RuntimeException thrown) {
    String detail = String.valueOf(thrown.getMessage());
    if (thrown instanceof Problem problem) {
      return problem;
    } else if (thrown instanceof IllegalArgumentException) {
      return of(400, detail);
    } else if (thrown instanceof java.util.NoSuchElementException) {
      return of(404, detail);
    } else if (thrown instanceof IllegalStateException) {
      return of(409, detail);
    }
    return of(500, "The fake failed: " + thrown + ". Please report this.");
  }

  int status() {
    return status;
  }

  Reply reply() {
    Details details =
        new Details(
            "about:blank",
            TITLES.getOrDefault(status, "Error"),
            status,
            String.valueOf(getMessage()));
    return Reply.json(status, details).as("application/problem+json").with(headers);
  }

  /** The members of a problem, as RFC 9457 names them. */
  public record Details(String type, String title, int status, String detail) {}
}
