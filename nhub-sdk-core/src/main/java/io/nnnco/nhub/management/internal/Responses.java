package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import okio.ByteString;

/** Reads the bodies of successful responses, by their content rather than by their content type. */
final class Responses {
  private final Json json = new Json();

  ResponseFields object(ApiResponse response) {
    JsonNode body = body(response);
    if (!body.isObject()) {
      throw ApiErrors.unreadable(response.call(), "The response is not a JSON object.");
    }
    return new ResponseFields(body, response.call());
  }

  /** A response of which it matters only that the platform sent it: nothing, or JSON. */
  void acknowledgement(ApiResponse response) {
    ByteString bytes = response.body();
    if (bytes == null || bytes.size() > 0) {
      JsonNode unused = body(response); // A proxy's page with status 200 is no success.
    }
  }

  JsonNode body(ApiResponse response) {
    ByteString bytes = response.body();
    if (bytes == null) {
      throw ApiErrors.unreadable(response.call(), "The response is longer than 8 MiB.");
    }
    if (bytes.size() == 0) {
      throw ApiErrors.unreadable(response.call(), "The response is empty.");
    }
    if (json.isTooMuch(bytes)) {
      throw ApiErrors.unreadable(
          response.call(),
          String.format("The response has more than %,d JSON values.", Json.MAX_TOKENS));
    }
    JsonNode body = json.parse(bytes);
    if (body == null) {
      throw ApiErrors.unreadable(
          response.call(), "The response is not JSON (" + response.contentType() + ").");
    }
    return body;
  }
}
