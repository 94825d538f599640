package io.nnnco.nhub.stream;

import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.error.HandlerException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds the handler calls of a subscription, for a trace, a security context or a transaction.
 * An interceptor calls the handler once, with what it got and on the same thread, and returns its
 * stage, or one that completes after it: the message is acknowledged when the returned stage
 * completes. What an interceptor throws is a failure of the message, as if the handler had thrown
 * it. A call that is retried, or a part of a batch that is, is intercepted again.
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
   * A handler call has exceeded {@link SubscribeOptions#handlerDeadline()}: it has failed, whatever
   * comes of it later. In a batch, called for each message. Must return at once. What it throws is
   * logged, once for each subscription, and has no other effect.
   *
   * @param delivery the message
   * @param cause the failure, with which the call may be retried
   */
  default void timedOut(Delivery delivery, HandlerException cause) {}

  /**
   * A message has its verdict, and is to be acknowledged: at once, or when the messages that
   * arrived before it are finished. It was handled, or given up, perhaps without a call, if it
   * could not be decoded. Called for QoS 1 only, after the interceptor's stage completed or timed
   * out. Must return at once. What it throws is logged, once for each subscription, and has no
   * other effect.
   *
   * @param delivery the message
   * @return told what becomes of the acknowledgement; null if nobody is to be told
   */
  default @Nullable Settlement settling(Delivery delivery) {
    return null;
  }

  /**
   * Is told what becomes of an acknowledgement: one of the two, once. Called without a lock, on any
   * thread of the SDK's, and must return at once. What it throws is logged, once for each
   * subscription, and has no other effect.
   */
  interface Settlement {
    /** It was sent: handed over to the connection. */
    void acknowledged();

    /**
     * The connection on which the message came was lost before, or closed. If the bridge sends the
     * message again, it is acknowledged then, without a call of the handler or of the interceptor.
     */
    default void lost() {}
  }

  /** Creates the interceptor of each subscription. What it throws, {@code subscribe} throws. */
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
