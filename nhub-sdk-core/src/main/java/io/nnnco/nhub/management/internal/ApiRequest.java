package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.management.ApiCall;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A request to an endpoint of the API; {@code json} is the body, or null for none. */
record ApiRequest(String method, Endpoint endpoint, HttpUrl url, @Nullable String json) {

  static ApiRequest get(Endpoint endpoint, HttpUrl url) {
    return new ApiRequest("GET", endpoint, url, null);
  }

  static ApiRequest post(Endpoint endpoint, HttpUrl url, @Nullable String json) {
    return new ApiRequest("POST", endpoint, url, json);
  }

  boolean isGet() {
    return method.equals("GET");
  }

  private String path() {
    String query = url.encodedQuery();
    return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
  }

  /** The request for errors and logs; its path may be a link from the platform. */
  ApiCall withoutResponse(ForeignText redaction) {
    return new ApiCall(method, redaction.name(path(), 500), null, null);
  }

  /** Without the body, which is the caller's, and the query, which may be the platform's. */
  @Override
  public String toString() {
    return method + " " + url.encodedPath();
  }
}
