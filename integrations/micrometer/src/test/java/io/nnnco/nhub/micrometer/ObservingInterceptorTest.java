package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.HandlerInterceptor.Settlement;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Observed calls without a connection. */
class ObservingInterceptorTest {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);
  private final HandlerException timeout =
      new HandlerException(
          StreamErrorCode.HANDLER_TIMEOUT, ConnectionPhase.STREAM, "Too long.", null);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final ObservingInterceptor interceptor =
      new ObservingInterceptor(registry, null, null, "nhub-1");
  private final StubDelivery delivery = StubDelivery.of("METER-1");

  private CompletionStage<?> intercept(StubDelivery of, CompletionStage<?> stage) throws Exception {
    return interceptor.intercept(message(of), of, (message, received) -> stage);
  }

  private static DeviceMessage message(StubDelivery of) {
    byte[] payload = of.payload();
    return new MessageDecoder().decode(MessageKind.UPLINK, payload, 0, payload.length);
  }

  private Settlement settling(StubDelivery of) {
    return Objects.requireNonNull(interceptor.settling(of));
  }

  private void measure() {
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
  }

  private double active(String name) {
    return meters.find(name + ".active").longTaskTimers().stream()
        .mapToInt(each -> each.activeTasks())
        .sum();
  }

  private long count(String name, String... tags) {
    return meters.find(name).tags(tags).timers().stream().mapToLong(each -> each.count()).sum();
  }

  @Test
  void stageThatHasCompleted_isReturnedAsItIs() throws Exception {
    measure();
    assertSame(DONE, intercept(delivery, DONE));
    assertEquals(1, count("nhub.process"));
  }

  @Test
  void stageThatCompletesLater_completesAfterTheObservationEnded() throws Exception {
    measure();
    CompletableFuture<Void> work = new CompletableFuture<>();
    CompletionStage<?> returned = intercept(delivery, work);
    CompletionStage<Long> seen = returned.thenApply(nothing -> count("nhub.process"));
    work.complete(null);
    assertEquals(1, seen.toCompletableFuture().join());
  }

  @Test
  void failure_isTheHandlersOwn() throws Exception {
    measure();
    IOException down = new IOException("down");
    CompletionStage<?> returned =
        intercept(delivery, CompletableFuture.failedFuture(new CompletionException(down)));
    assertSame(
        down,
        assertThrows(CompletionException.class, () -> returned.toCompletableFuture().join())
            .getCause());
    assertEquals(1, count("nhub.process", "error", "IOException"));

    assertSame(
        down,
        assertThrows(
            IOException.class,
            () ->
                interceptor.intercept(
                    message(delivery),
                    delivery,
                    (message, received) -> {
                      throw down;
                    })));
    assertEquals(2, count("nhub.process", "error", "IOException"));
  }

  @Test
  @SuppressWarnings("NullAway")
  void handlerWithoutAStage_isAFailureThatEnds() {
    measure();
    assertThrows(NullPointerException.class, () -> intercept(delivery, null));
    assertEquals(1, count("nhub.process", "error", "NullPointerException"));
  }

  @Test
  void nothingIsRemembered_whenMessagesAreSettled() throws Exception {
    measure();
    intercept(delivery, CompletableFuture.failedFuture(new IOException("down")));
    intercept(delivery, DONE);
    assertEquals(1, interceptor.remembered());
    settling(delivery).acknowledged();
    assertEquals(0, interceptor.remembered());
  }

  @Test
  void qos0_isNotRemembered() throws Exception {
    measure();
    StubDelivery qos0 = delivery.with(Qos.AT_MOST_ONCE);
    intercept(qos0, DONE);
    intercept(qos0, CompletableFuture.failedFuture(new IOException("down")));
    interceptor.interceptBatch(List.of(new DeliveredMessage(message(qos0), qos0)), batch -> DONE);
    assertEquals(0, interceptor.remembered());
  }

  /** Else Micrometer's long task timers would count them as active for ever. */
  @Test
  void allThatBegins_ends() throws Exception {
    measure();
    CompletableFuture<Void> never = new CompletableFuture<>();
    StubDelivery other = StubDelivery.of("METER-2");
    intercept(delivery, never);
    intercept(other, DONE);
    assertEquals(1, active("nhub.process"));
    interceptor.timedOut(delivery, timeout);
    interceptor.timedOut(delivery, timeout);
    assertEquals(0, active("nhub.process"));
    assertEquals(1, count("nhub.process", "error", "HandlerException"));

    Settlement one = settling(delivery);
    Settlement two = settling(other);
    assertEquals(2, active("nhub.settle"));
    one.lost();
    two.acknowledged();
    assertEquals(0, active("nhub.settle"));
    assertEquals(1, count("nhub.settle", "error", "ConnectionException"));
    never.complete(null);
    assertEquals(2, count("nhub.process"));
  }

  @Test
  void meters_haveNoTagOfADevice() throws Exception {
    measure();
    intercept(delivery, DONE);
    settling(delivery).acknowledged();
    Set<String> tags = new TreeSet<>();
    for (Meter each : meters.getMeters()) {
      each.getId().getTags().stream().map(Tag::getKey).forEach(tags::add);
    }
    assertEquals(
        Set.of(
            "error",
            "messaging.destination.template",
            "messaging.operation.name",
            "messaging.operation.type",
            "messaging.system",
            "nhub.enterprise"),
        tags);
  }

  /** As a faulty exporter or propagator of the application's might. */
  private static final class Failing implements ObservationHandler<Observation.Context> {
    private int failures;

    private void fail() {
      failures++;
      throw new IllegalStateException("on purpose");
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return context instanceof NHubProcessContext;
    }

    @Override
    public void onStart(Observation.Context context) {
      if (failures > 0) {
        fail();
      }
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
      fail();
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
      fail();
    }

    @Override
    public void onStop(Observation.Context context) {
      fail();
    }
  }

  @Test
  void handlersOfTheRegistryThatThrow_failNoMessage() throws Exception {
    Failing failing = new Failing();
    registry.observationConfig().observationHandler(failing);
    CompletableFuture<Void> work = new CompletableFuture<>();
    CompletionStage<?> first = intercept(delivery, work);
    work.complete(null);
    first.toCompletableFuture().join();
    intercept(StubDelivery.of("METER-2"), DONE).toCompletableFuture().join();
    assertEquals(4, failing.failures, "scope opened and closed, stop, and the next start");
  }

  /** Else whatever the thread observes next would be a part of this message. */
  @Test
  void handlersOfTheRegistryThatThrow_leaveNoScopeOpen() throws Exception {
    registry.observationConfig().observationHandler(new Failing());
    intercept(delivery, DONE);
    assertEquals(null, registry.getCurrentObservation());
  }

  @Test
  void handlerOfTheRegistryThatThrowsOnError_endsTheObservationsAllTheSame() throws Exception {
    measure();
    registry.observationConfig().observationHandler(new FailingOnError());
    intercept(delivery, CompletableFuture.failedFuture(new IOException("down")));
    assertEquals(0, active("nhub.process"));

    settling(delivery).lost();
    assertEquals(0, active("nhub.settle"));
  }

  private static final class FailingOnError implements ObservationHandler<Observation.Context> {
    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    @Override
    public void onError(Observation.Context context) {
      throw new IllegalStateException("on purpose");
    }
  }

  /** As a failed assertion is, or a stack that is too deep. */
  @Test
  void handlerOfTheRegistryThatThrowsAnError_failsNoMessage_andLeavesNothing() throws Exception {
    registry.observationConfig().observationHandler(new ThrowingErrors());
    StubDelivery qos0 = delivery.with(Qos.AT_MOST_ONCE);
    CompletableFuture<Void> work = new CompletableFuture<>();
    CompletionStage<?> later = intercept(qos0, work);
    work.complete(null);
    later.toCompletableFuture().join();
    assertSame(DONE, intercept(qos0, DONE));
    assertEquals(0, interceptor.remembered());
  }

  private static final class ThrowingErrors implements ObservationHandler<Observation.Context> {
    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
      throw new AssertionError("on purpose");
    }

    @Override
    public void onStop(Observation.Context context) {
      throw new AssertionError("on purpose");
    }
  }

  @Test
  void noopRegistry_remembersNothing() throws Exception {
    ObservingInterceptor none =
        new ObservingInterceptor(ObservationRegistry.NOOP, null, null, "nhub-1");
    assertSame(DONE, none.intercept(message(delivery), delivery, (message, received) -> DONE));
    assertEquals(0, none.remembered());
    assertEquals(null, none.settling(delivery));
  }

  @Test
  void topicWithoutADocumentedForm_hasNeitherTemplateNorEnterprise() {
    Destination none = new Destination(null, null);
    assertEquals(none, Destination.of(List.of(delivery.on("elsewhere"))));
    assertEquals(none, Destination.of(List.of(delivery, delivery.on("elsewhere"))));
  }

  @Test
  void topicsOfSeveralEnterprises_haveTheTemplateOnly() {
    assertEquals(
        new Destination(ObservedFixture.UPLINKS, null),
        Destination.of(List.of(delivery, delivery.on("v4/groups/nnn.other.master/x/uplinks"))));
  }
}
