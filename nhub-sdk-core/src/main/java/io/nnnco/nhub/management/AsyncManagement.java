package io.nnnco.nhub.management;

import io.nnnco.nhub.management.internal.AsyncCalls;
import java.util.concurrent.CompletableFuture;

/**
 * The same calls as {@link Management}, each as a {@link CompletableFuture}. They are the blocking
 * calls, run on the builder's executor, or on at most 8 daemon threads called {@code
 * nhub-management-…}; so is what is chained to the futures without an executor of its own.
 *
 * <p>A future fails with what the blocking call throws, misuse included. Cancelling a future
 * interrupts its call: one that waits between attempts ends at once, one that waits for the
 * platform when its answer or time limit comes. A request that was sent may have its effect all the
 * same. Closing the {@link Management} cancels all.
 *
 * <p>Safe for use by several threads.
 */
public final class AsyncManagement {
  private final AsyncApiKeys apiKeys;
  private final AsyncCertificates certificates;

  AsyncManagement(ApiKeys apiKeys, Certificates certificates, AsyncCalls calls) {
    this.apiKeys = new AsyncApiKeys(apiKeys, calls);
    this.certificates = new AsyncCertificates(certificates, calls);
  }

  /**
   * The API keys.
   *
   * @return the same object each time
   */
  public AsyncApiKeys apiKeys() {
    return apiKeys;
  }

  /**
   * The certificates.
   *
   * @return the same object each time
   */
  public AsyncCertificates certificates() {
    return certificates;
  }
}
