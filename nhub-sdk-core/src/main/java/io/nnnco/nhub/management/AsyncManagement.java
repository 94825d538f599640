package io.nnnco.nhub.management;

import io.nnnco.nhub.management.internal.AsyncCalls;
import java.util.concurrent.CompletableFuture;

/**
 * The same calls as {@link Management}, each as a {@link CompletableFuture}. The blocking calls run
 * on the builder's executor, or on at most 8 daemon threads called {@code nhub-management-…}; so do
 * functions that are chained to the futures without an executor of their own.
 *
 * <p>A future fails with the exception of the blocking call, misuse included. Cancelling a future
 * interrupts its call: if the call is waiting between attempts, it ends at once; if it is waiting
 * for the platform, it ends when the response or the time limit arrives. A request that was sent
 * may take effect all the same. Closing the {@link Management} cancels all calls.
 *
 * <p>Thread-safe.
 */
public final class AsyncManagement {
  private final AsyncApiKeys apiKeys;
  private final AsyncCertificates certificates;

  AsyncManagement(ApiKeys apiKeys, Certificates certificates, AsyncCalls calls) {
    this.apiKeys = new AsyncApiKeys(apiKeys, calls);
    this.certificates = new AsyncCertificates(certificates, calls);
  }

  /**
   * Returns the API keys.
   *
   * @return the same object each time
   */
  public AsyncApiKeys apiKeys() {
    return apiKeys;
  }

  /**
   * Returns the certificates.
   *
   * @return the same object each time
   */
  public AsyncCertificates certificates() {
    return certificates;
  }
}
