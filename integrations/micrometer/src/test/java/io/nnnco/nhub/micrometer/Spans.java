package io.nnnco.nhub.micrometer;

import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/** Micrometer Tracing over OpenTelemetry's SDK, which exports spans into memory. */
final class Spans implements AutoCloseable {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
  final ObservationRegistry registry = ObservationRegistry.create();
  final Tracer tracer;

  Spans() {
    io.opentelemetry.api.trace.Tracer otel = provider.get("test");
    OtelCurrentTraceContext current = new OtelCurrentTraceContext();
    ContextPropagators propagators =
        ContextPropagators.create(
            TextMapPropagator.composite(
                W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance()));
    OtelPropagator propagator = new OtelPropagator(propagators, otel);
    tracer =
        new OtelTracer(
            otel,
            current,
            event -> {},
            new OtelBaggageManager(current, List.of("customer"), List.of()));
    registry
        .observationConfig()
        .observationHandler(
            new FirstMatchingCompositeObservationHandler(
                new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                new DefaultTracingObservationHandler(tracer)));
  }

  /** All that have ended. */
  List<SpanData> all() {
    return exporter.getFinishedSpanItems();
  }

  /** Those whose name begins so, when there are so many; in the order in which they ended. */
  List<SpanData> await(int count, String name) {
    ObservedFixture.await(
        count + " spans " + name + " in " + all(), () -> of(name).size() >= count);
    return of(name);
  }

  private List<SpanData> of(String name) {
    return all().stream().filter(each -> each.getName().startsWith(name)).toList();
  }

  @Override
  public void close() {
    provider.close();
  }
}
