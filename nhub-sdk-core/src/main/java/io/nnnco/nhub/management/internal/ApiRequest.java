package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.management.ApiCall;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A request to the API; {@code json} is the body, or null for none. */
record ApiRequest(String method, HttpUrl url, @Nullable String json) {

  static ApiRequest get(HttpUrl url) {
    return new ApiRequest("GET", url, null);
  }

  static ApiRequest post(HttpUrl url, @Nullable String json) {
    return new ApiRequest("POST", url, json);
  }

  boolean isGet() {
    return method.equals("GET");
  }

  String path() {
    String query = url.encodedQuery();
    return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
  }

  ApiCall unanswered() {
    return new ApiCall(method, path(), null, null);
  }

  /** Without the body, which is the caller's. */
  @Override
  public String toString() {
    return method + " " + path();
  }
}
