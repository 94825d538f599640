package io.nnnco.nhub.stream;

import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.message.DeviceMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds the handler calls of a subscription, for a trace, a security context or a transaction.
 * An interceptor calls the handler once, on the same thread, and returns its stage, or one that
 * completes after it: the message is acknowledged when the returned stage completes. What an
 * interceptor throws is a failure of the message, as if the handler had thrown it.
 *
 * <p>Must be safe for use by several threads. Not called for the messages of a publisher or a
 * {@link MessageStream}, whose consumers run on threads of their own.
 *
 * @see NHubClientBuilder#interceptor
 */
public interface HandlerInterceptor {
  /**
   * Calls the handler of a message.
   *
   * @param message the message
   * @param delivery how it arrived
   * @param handler the handler, or the next interceptor
   * @return completes when the message is handled
   * @throws Exception to have the call retried
   */
  default CompletionStage<?> intercept(
      DeviceMessage message, Delivery delivery, AsyncMessageHandler handler) throws Exception {
    return handler.handle(message, delivery);
  }

  /**
   * Calls the handler of a batch.
   *
   * @param batch the messages, at least one
   * @param handler the handler, or the next interceptor
   * @return completes when all of them are handled
   * @throws Exception to have the call retried
   */
  default CompletionStage<?> interceptBatch(List<DeliveredMessage> batch, AsyncBatchHandler handler)
      throws Exception {
    return handler.handle(batch);
  }

  /**
   * A message has been handled, or given up, and is to be acknowledged: at once, or when the
   * messages that arrived before it are finished. Must return at once. Called for QoS 1 only, after
   * the interceptor's stage completed.
   *
   * @param delivery the message
   * @return run when the acknowledgement was sent, with locks held, so it must return at once; not
   *     run if the connection is lost before. Null if nothing is to be run
   */
  default @Nullable Runnable settling(Delivery delivery) {
    return null;
  }

  /** Creates the interceptor of each subscription. */
  @FunctionalInterface
  interface Factory {
    /**
     * A subscription begins.
     *
     * @param options its options
     * @param clientId the MQTT client id that it asks for
     * @return its interceptor
     */
    HandlerInterceptor interceptorOf(SubscribeOptions options, String clientId);
  }
}
