package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.internal.delivery.BatchedHandler;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.MDC;

/** Puts the interceptors of a subscription around its handler, the first outermost. */
final class Interceptors {
  private Interceptors() {}

  /**
   * Those of a subscription. What waits for a consumer is called on no thread of the consumer's, so
   * that it has none.
   */
  static List<HandlerInterceptor> of(List<HandlerInterceptor.Factory> all, SubscriptionSpec spec) {
    return spec.handler() instanceof SelfPacedHandler
        ? List.of()
        : all.stream().map(each -> create(each, spec)).toList();
  }

  private static HandlerInterceptor create(
      HandlerInterceptor.Factory factory, SubscriptionSpec spec) {
    return Objects.requireNonNull(
        factory.interceptorOf(spec.options(), spec.clientId()), "The factory's interceptor");
  }

  /** The context of the options comes before them, so that their log has it, too. */
  static AsyncMessageHandler around(SubscriptionSpec spec, List<HandlerInterceptor> interceptors) {
    List<HandlerInterceptor> all = new ArrayList<>();
    if (spec.options().handlerContext() && !(spec.handler() instanceof SelfPacedHandler)) {
      all.add(new HandlerContext(spec, MDC.getMDCAdapter()));
    }
    all.addAll(interceptors);
    return around(spec.handler(), all);
  }

  static AsyncMessageHandler around(
      AsyncMessageHandler handler, List<HandlerInterceptor> interceptors) {
    if (interceptors.isEmpty()) {
      return handler;
    }
    return handler instanceof BatchedHandler batched
        ? new BatchedHandler(batched.options(), aroundBatches(batched.batches(), interceptors))
        : aroundMessages(handler, interceptors);
  }

  private static AsyncMessageHandler aroundMessages(
      AsyncMessageHandler handler, List<HandlerInterceptor> interceptors) {
    AsyncMessageHandler outer = handler;
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      HandlerInterceptor interceptor = interceptors.get(i);
      AsyncMessageHandler inner = outer;
      outer = (message, delivery) -> interceptor.intercept(message, delivery, inner);
    }
    return outer;
  }

  private static AsyncBatchHandler aroundBatches(
      AsyncBatchHandler handler, List<HandlerInterceptor> interceptors) {
    AsyncBatchHandler outer = handler;
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      HandlerInterceptor interceptor = interceptors.get(i);
      AsyncBatchHandler inner = outer;
      outer = batch -> interceptor.interceptBatch(batch, inner);
    }
    return outer;
  }
}
