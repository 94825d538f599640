package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.brave.bridge.W3CPropagation;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.testkit.FakeMessage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The code of docs/tracing.md. */
class TracingGuideTest extends ObservedFixture {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final FakeMessage TRACED =
      FakeMessage.uplink("METER-1")
          .userProperty("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");

  // tag::client
  static NHubClient nhub(
      NHubEnvironment environment, Credentials credentials, ObservationRegistry registry) {
    return NHubClient.builder(environment)
        .credentials(credentials)
        .interceptor(NHubObservations.of(registry))
        .build();
  }

  // end::client

  // tag::registry
  static ObservationRegistry registry(Tracer tracer, Propagator propagator) {
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            new FirstMatchingCompositeObservationHandler(
                new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                new DefaultTracingObservationHandler(tracer)));
    return registry;
  }

  // end::registry

  // tag::otel
  static ObservationRegistry registry(OpenTelemetry openTelemetry) {
    io.opentelemetry.api.trace.Tracer otel = openTelemetry.getTracer("my-app");
    return registry(
        new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {}),
        new OtelPropagator(openTelemetry.getPropagators(), otel));
  }

  // end::otel

  // tag::brave
  /** {@code tracing}: built with {@code propagationFactory(new W3CPropagation(...))}. */
  static ObservationRegistry registry(Tracing tracing) {
    return registry(
        new BraveTracer(
            tracing.tracer(), new BraveCurrentTraceContext(tracing.currentTraceContext())),
        new BravePropagator(tracing));
  }

  // end::brave

  // tag::no-settle
  static void withoutSettle(ObservationRegistry registry) {
    registry
        .observationConfig()
        .observationPredicate((name, context) -> !name.equals("nhub.settle"));
  }

  // end::no-settle

  // tag::convention
  static class WithRedelivered extends DefaultNHubProcessConvention {
    @Override
    public KeyValues getHighCardinalityKeyValues(NHubProcessContext context) {
      return super.getHighCardinalityKeyValues(context)
          .and("nhub.redelivered", String.valueOf(context.deliveries().get(0).redelivered()));
    }
  }

  // end::convention

  private void receive(ObservationRegistry registry) throws InterruptedException {
    receive(
        keep(nhub(fake.environment(), fake.identity(), registry))
            .subscribe(options.build(), (message, delivery) -> {}),
        TRACED);
  }

  @Test
  void openTelemetry_exportsBothSpansOfTheTrace() throws InterruptedException {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    try (OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build()) {
      receive(registry(sdk));
      await("two spans", () -> exporter.getFinishedSpanItems().size() == 2);
      exporter.getFinishedSpanItems().forEach(each -> assertEquals(TRACE, each.getTraceId()));
    }
  }

  @Test
  void brave_reportsBothSpansOfTheTrace() throws InterruptedException {
    List<MutableSpan> reported = new CopyOnWriteArrayList<>();
    try (Tracing tracing =
        Tracing.newBuilder()
            .propagationFactory(new W3CPropagation())
            .addSpanHandler(
                new SpanHandler() {
                  @Override
                  public boolean end(TraceContext context, MutableSpan span, Cause cause) {
                    return reported.add(span);
                  }
                })
            .build()) {
      receive(registry(tracing));
      await("two spans", () -> reported.size() == 2);
      MutableSpan process = reported.get(0);
      assertEquals("process " + UPLINKS, process.name());
      assertEquals(brave.Span.Kind.CONSUMER, process.kind());
      assertEquals(TRACE, process.traceId());
      MutableSpan settle = reported.get(1);
      assertEquals(brave.Span.Kind.CLIENT, settle.kind());
      assertEquals(process.id(), settle.parentId());
    }
  }

  @Test
  void withoutSettle_thereIsOneSpan() throws InterruptedException {
    try (Spans spans = new Spans()) {
      withoutSettle(spans.registry);
      receive(
          nhub(NHubObservations.of(spans.registry).withProcessConvention(new WithRedelivered()))
              .subscribe(options.build(), (message, delivery) -> {}),
          TRACED);
      fake.acks().take(SOON);
      assertEquals(
          "false",
          spans.await(1, "process ").get(0).getAttributes().asMap().entrySet().stream()
              .filter(each -> each.getKey().getKey().equals("nhub.redelivered"))
              .findFirst()
              .orElseThrow()
              .getValue());
      assertEquals(1, spans.all().size());
    }
  }

  @Test
  void guide_hasThisCode() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../../docs/tracing.md"),
            Path.of("src/test/java/io/nnnco/nhub/micrometer/TracingGuideTest.java")));
  }
}
