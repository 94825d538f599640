package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.management.ApiCall;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A response, read to its end; {@code body} is null if it was too long to read.
 *
 * @param redaction knows the token with which the request was sent
 */
record ApiResponse(
    ApiRequest request,
    int status,
    Headers headers,
    @Nullable ByteString body,
    ForeignText redaction) {

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  ApiCall call() {
    ApiCall sent = request.withoutResponse(redaction);
    return new ApiCall(sent.method(), sent.path(), status, requestId());
  }

  /** The bytes of the body, if it was read. */
  int length() {
    return body == null ? 0 : body.size();
  }

  private @Nullable String requestId() {
    String id = headers.get("X-Request-Id");
    if (id == null) {
      id = headers.get("X-Correlation-Id");
    }
    return id == null ? null : redaction.name(id, 128);
  }

  /** The media type, for error messages. */
  String contentType() {
    String type = headers.get("Content-Type");
    return type == null ? "no content type" : redaction.line(type, 80);
  }

  /** Status and path only: the body may hold a key. */
  @Override
  public String toString() {
    return request + " → " + status;
  }
}
