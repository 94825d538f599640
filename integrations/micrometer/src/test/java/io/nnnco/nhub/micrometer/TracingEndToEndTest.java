package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.observation.Observation;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.testkit.FakeMessage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the wire of the fake to the spans that OpenTelemetry's SDK exports. */
class TracingEndToEndTest extends ObservedFixture {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final FakeMessage UPLINK = FakeMessage.uplink("METER-1");
  private static final FakeMessage TRACED =
      UPLINK.userProperty("traceparent", "00-" + TRACE + "-" + PARENT + "-01");

  private final Spans spans = new Spans();

  @AfterEach
  void closeSpans() {
    spans.close();
  }

  private void receive(FakeMessage message) throws InterruptedException {
    receive(
        nhub(spans.registry)
            .subscribe(
                options.build(),
                (received, delivery) ->
                    Observation.createNotStarted("store", spans.registry).observe(() -> {})),
        message);
  }

  private static String text(SpanData span, String attribute) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(attribute)));
  }

  @Test
  void tracedMessage_isProcessedAndSettledInItsTrace() throws InterruptedException {
    receive(TRACED);
    SpanData settle = spans.await(1, "settle ").get(0);
    SpanData process = spans.await(1, "process ").get(0);
    SpanData store = spans.await(1, "store").get(0);

    assertEquals("process " + UPLINKS, process.getName());
    assertEquals(SpanKind.CONSUMER, process.getKind());
    assertEquals(TRACE, process.getTraceId());
    assertEquals(PARENT, process.getParentSpanId());
    assertEquals(StatusCode.UNSET, process.getStatus().getStatusCode());

    assertEquals(TRACE, store.getTraceId());
    assertEquals(process.getSpanId(), store.getParentSpanId());

    assertEquals("settle " + UPLINKS, settle.getName());
    assertEquals(SpanKind.CLIENT, settle.getKind());
    assertEquals(TRACE, settle.getTraceId());
    assertEquals(process.getSpanId(), settle.getParentSpanId());
    assertEquals(StatusCode.UNSET, settle.getStatus().getStatusCode());
    assertTrue(settle.getStartEpochNanos() >= process.getEndEpochNanos());
  }

  @Test
  void spans_haveTheAttributesOfTheConventions() throws InterruptedException {
    receive(UPLINK);
    SpanData settle = spans.await(1, "settle ").get(0);
    SpanData process = spans.await(1, "process ").get(0);
    for (SpanData each : List.of(process, settle)) {
      String operation = each == process ? "process" : "settle";
      assertEquals("mqtt", text(each, "messaging.system"));
      assertEquals(operation, text(each, "messaging.operation.name"));
      assertEquals(operation, text(each, "messaging.operation.type"));
      assertEquals(UPLINKS, text(each, "messaging.destination.template"));
      assertEquals(
          "v4/groups/nnn.acme.master/METER-1/uplinks", text(each, "messaging.destination.name"));
      assertEquals("nnn.acme", text(each, "nhub.enterprise"));
      assertEquals("METER-1", text(each, "nhub.device"));
      assertEquals(
          fake.connects().all().get(0).clientId(), text(each, "messaging.client.id"), operation);
    }
    assertTrue(Integer.parseInt(text(process, "messaging.message.body.size")) > 30);
    assertEquals(8, settle.getAttributes().size(), settle::toString);
    assertEquals(9, process.getAttributes().size(), process::toString);
  }

  @Test
  void messageWithoutATrace_beginsOne() throws InterruptedException {
    receive(UPLINK);
    SpanData process = spans.await(1, "process ").get(0);
    assertEquals(SpanId.getInvalid(), process.getParentSpanId());
    assertEquals(process.getTraceId(), spans.await(1, "settle ").get(0).getTraceId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\u00e9-01"
      })
  void malformedTrace_isIgnored(String traceparent) throws InterruptedException {
    receive(UPLINK.userProperty("traceparent", traceparent).userProperty("baggage", "=;,=\n"));
    SpanData process = spans.await(1, "process ").get(0);
    assertEquals(SpanId.getInvalid(), process.getParentSpanId());
    assertEquals(StatusCode.UNSET, process.getStatus().getStatusCode());
    spans.await(1, "settle ");
    assertEquals(List.of(), fake.disconnects().all());
  }

  @Test
  void namesOfProperties_haveNoCase_asThoseOfHeaders() throws InterruptedException {
    receive(UPLINK.userProperty("TraceParent", "00-" + TRACE + "-" + PARENT + "-01"));
    assertEquals(TRACE, spans.await(1, "process ").get(0).getTraceId());
  }

  @Test
  void baggageAndTraceState_reachTheHandler() throws InterruptedException {
    CompletableFuture<String> customer = new CompletableFuture<>();
    receive(
        nhub(spans.registry)
            .subscribe(
                options.build(),
                (message, delivery) ->
                    customer.complete(spans.tracer.getBaggage("customer").get())),
        TRACED.userProperty("tracestate", "vendor=1").userProperty("baggage", "customer=acme"));
    assertEquals("acme", customer.orTimeout(60, TimeUnit.SECONDS).join());
    SpanData process = spans.await(1, "process ").get(0);
    assertEquals("1", process.getSpanContext().getTraceState().get("vendor"));
  }

  @Test
  void handlerThatThrows_isAnError_andTheRetryIsASecondSpanOfTheTrace()
      throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    receive(
        nhub(spans.registry)
            .subscribe(
                options.build(),
                (message, delivery) -> {
                  if (calls.incrementAndGet() == 1) {
                    throw new IOException("no database");
                  }
                }),
        TRACED);
    List<SpanData> both = spans.await(2, "process ");
    assertEquals(StatusCode.ERROR, both.get(0).getStatus().getStatusCode());
    assertEquals("java.io.IOException", text(both.get(0), "error.type"));
    assertEquals("exception", both.get(0).getEvents().get(0).getName());
    assertEquals(StatusCode.UNSET, both.get(1).getStatus().getStatusCode());
    assertFalse(
        both.get(1).getAttributes().asMap().containsKey(AttributeKey.stringKey("error.type")));
    for (SpanData each : both) {
      assertEquals(PARENT, each.getParentSpanId());
    }
    assertEquals(both.get(1).getSpanId(), spans.await(1, "settle ").get(0).getParentSpanId());
  }

  @Test
  void asyncHandler_isInScopeWhileItIsCalled_andEndsWithItsStage() throws InterruptedException {
    CompletableFuture<Void> work = new CompletableFuture<>();
    CompletableFuture<String> called = new CompletableFuture<>();
    receive(
        nhub(spans.registry)
            .subscribeAsync(
                options.build(),
                (message, delivery) -> {
                  called.complete(spans.tracer.currentSpan().context().traceId());
                  return work;
                }),
        TRACED);
    assertEquals(TRACE, called.join());
    assertEquals(List.of(), spans.all());
    work.complete(null);
    assertEquals(TRACE, spans.await(1, "process ").get(0).getTraceId());
    assertEquals(TRACE, spans.await(1, "settle ").get(0).getTraceId());
  }

  @Test
  void batch_isOneSpanWithATraceOfItsOwn_andSettledMessageByMessage() throws InterruptedException {
    receive(
        nhub(spans.registry)
            .subscribeBatches(
                options.build(), BatchOptions.of(2, Duration.ofMinutes(5)), batch -> {}),
        TRACED,
        FakeMessage.uplink("METER-2"));
    List<SpanData> settled = spans.await(2, "settle ");
    SpanData process = spans.await(1, "process ").get(0);
    assertEquals("process " + UPLINKS, process.getName());
    assertEquals(SpanKind.CONSUMER, process.getKind());
    assertEquals(SpanId.getInvalid(), process.getParentSpanId());
    assertNotEquals(TRACE, process.getTraceId());
    assertEquals("2", text(process, "messaging.batch.message_count"));
    assertEquals("null", text(process, "messaging.destination.name"));
    assertEquals("null", text(process, "nhub.device"));
    for (SpanData each : settled) {
      assertEquals(process.getSpanId(), each.getParentSpanId());
    }
    assertEquals(1, spans.await(1, "process ").size());
  }

  @Test
  void batchOfOne_goesOnWithItsTrace() throws InterruptedException {
    receive(
        nhub(spans.registry)
            .subscribeBatches(
                options.build(), BatchOptions.of(1, Duration.ofMinutes(5)), batch -> {}),
        TRACED);
    SpanData process = spans.await(1, "process ").get(0);
    assertEquals(PARENT, process.getParentSpanId());
    assertEquals("1", text(process, "messaging.batch.message_count"));
    assertEquals("METER-1", text(process, "nhub.device"));
  }
}
