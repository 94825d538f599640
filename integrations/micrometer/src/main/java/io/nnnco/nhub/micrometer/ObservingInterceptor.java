package io.nnnco.nhub.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Observes the handler calls of one subscription. It remembers the last call for each message,
 * until the message is settled: for the deadline, which ends it, and as the parent of the
 * settlement.
 */
final class ObservingInterceptor implements HandlerInterceptor {
  private final ObservationRegistry registry;
  private final @Nullable NHubProcessConvention process;
  private final @Nullable NHubSettleConvention settle;
  private final String clientId;
  private final Map<Delivery, ObservedCall> calls = new ConcurrentHashMap<>();
  private final Harmless harmless = new Harmless();

  ObservingInterceptor(
      ObservationRegistry registry,
      @Nullable NHubProcessConvention process,
      @Nullable NHubSettleConvention settle,
      String clientId) {
    this.registry = registry;
    this.process = process;
    this.settle = settle;
    this.clientId = clientId;
  }

  @Override
  public CompletionStage<?> intercept(
      DeviceMessage message, Delivery delivery, AsyncMessageHandler handler) throws Exception {
    if (registry.isNoop()) {
      return handler.handle(message, delivery);
    }
    return begin(List.of(delivery), false).run(() -> handler.handle(message, delivery));
  }

  @Override
  public CompletionStage<?> interceptBatch(List<DeliveredMessage> batch, AsyncBatchHandler handler)
      throws Exception {
    if (registry.isNoop()) {
      return handler.handle(batch);
    }
    List<Delivery> deliveries = batch.stream().map(DeliveredMessage::delivery).toList();
    return begin(deliveries, true).run(() -> handler.handle(batch));
  }

  private ObservedCall begin(List<Delivery> deliveries, boolean batch) {
    Observation observation =
        harmless.get(
            () ->
                NHubObservationDocumentation.PROCESS.start(
                    process,
                    DefaultNHubProcessConvention.INSTANCE,
                    () -> new NHubProcessContext(clientId, deliveries, batch),
                    registry));
    ObservedCall call = new ObservedCall(registry, observation, harmless, () -> ended(deliveries));
    deliveries.forEach(each -> calls.put(each, call));
    return call;
  }

  /** What need not be acknowledged is not settled. */
  private void ended(List<Delivery> deliveries) {
    for (Delivery each : deliveries) {
      if (each.qos() == Qos.AT_MOST_ONCE) {
        calls.remove(each);
      }
    }
  }

  @Override
  public void timedOut(Delivery delivery, HandlerException cause) {
    ObservedCall call = calls.get(delivery);
    if (call != null) {
      call.end(cause);
    }
  }

  @Override
  public @Nullable Settlement settling(Delivery delivery) {
    ObservedCall call = calls.remove(delivery);
    if (registry.isNoop()) {
      return null;
    }
    Observation observation =
        NHubObservationDocumentation.SETTLE
            .observation(
                settle,
                DefaultNHubSettleConvention.INSTANCE,
                () -> new NHubSettleContext(clientId, delivery),
                registry)
            .parentObservation(call == null ? null : call.observation())
            .start();
    return new Settlement() {
      @Override
      public void acknowledged() {
        harmless.run(observation::stop);
      }

      @Override
      public void lost() {
        harmless.run(() -> observation.error(connectionLost()));
        harmless.run(observation::stop);
      }
    };
  }

  private static ConnectionException connectionLost() {
    return new ConnectionException(
        StreamErrorCode.CONNECTION_LOST,
        ConnectionPhase.STREAM,
        "The connection ended before the acknowledgement could be sent.",
        null);
  }

  /** For how many messages a call is remembered. */
  int remembered() {
    return calls.size();
  }
}
