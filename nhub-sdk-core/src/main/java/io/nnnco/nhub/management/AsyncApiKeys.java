package io.nnnco.nhub.management;

import io.nnnco.nhub.management.internal.AsyncCalls;
import java.util.concurrent.CompletableFuture;

/** {@link ApiKeys} with futures; see {@link AsyncManagement} for threads and cancellation. */
public final class AsyncApiKeys {
  private final ApiKeys blocking;
  private final AsyncCalls calls;

  AsyncApiKeys(ApiKeys blocking, AsyncCalls calls) {
    this.blocking = blocking;
    this.calls = calls;
  }

  /**
   * Like {@link ApiKeys#create(String)}.
   *
   * @param username the key's name; not blank
   * @return the key, with its one-time token
   */
  public CompletableFuture<ApiKey> create(String username) {
    return calls.start(() -> blocking.create(username));
  }

  /**
   * Like {@link ApiKeys#create(ApiKeySpec)}.
   *
   * @param spec the key to create
   * @return the key, with its one-time token
   */
  public CompletableFuture<ApiKey> create(ApiKeySpec spec) {
    return calls.start(() -> blocking.create(spec));
  }
}
