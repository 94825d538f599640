package io.nnnco.nhub.micrometer;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which observations there are, and with what. */
class ObservationsTest extends ObservedFixture {
  private static final FakeMessage UPLINK = FakeMessage.uplink("METER-1");

  private final TestObservationRegistry registry = TestObservationRegistry.create();
  private final Recorder recorder = new Recorder();
  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

  private void receive(ObservationRegistry observed, FakeMessage... messages)
      throws InterruptedException {
    receive(NHubObservations.of(observed), messages);
  }

  private void receive(NHubObservations observations, FakeMessage... messages)
      throws InterruptedException {
    receive(
        nhub(observations)
            .subscribe(options.build(), (message, delivery) -> handled.add(message.deviceId())),
        messages);
  }

  private TestObservationRegistryAssert observed() {
    return TestObservationRegistryAssert.assertThat(registry);
  }

  @BeforeEach
  void record() {
    registry.observationConfig().observationHandler(recorder);
  }

  /** Notes what begins and ends. */
  private static final class Recorder implements ObservationHandler<Observation.Context> {
    private final List<Observation.Context> started = new CopyOnWriteArrayList<>();
    private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    @Override
    public void onStart(Observation.Context context) {
      started.add(context);
    }

    @Override
    public void onStop(Observation.Context context) {
      stopped.add(context);
    }
  }

  private static List<Observation.Context> of(String name, List<Observation.Context> contexts) {
    return contexts.stream().filter(each -> name.equals(each.getName())).toList();
  }

  /** Waits for observations that have ended. */
  private void awaitStopped(int count, String name) {
    await(count + " of " + name, () -> of(name, recorder.stopped).size() >= count);
  }

  @Test
  void message_isProcessedAndSettled() throws InterruptedException {
    receive(registry, UPLINK);
    awaitStopped(1, "nhub.settle");
    observed()
        .hasNumberOfObservationsEqualTo(2)
        .hasObservationWithNameEqualTo("nhub.process")
        .that()
        .hasBeenStarted()
        .hasBeenStopped()
        .hasContextualNameEqualTo("process " + UPLINKS)
        .hasLowCardinalityKeyValue("messaging.operation.type", "process")
        .hasLowCardinalityKeyValue("messaging.destination.template", UPLINKS)
        .hasLowCardinalityKeyValue("nhub.enterprise", DEFAULT_ENTERPRISE)
        .hasHighCardinalityKeyValue("nhub.device", "METER-1")
        .doesNotHaveHighCardinalityKeyValueWithKey("error.type")
        .doesNotHaveHighCardinalityKeyValueWithKey("messaging.batch.message_count")
        .doesNotHaveError();
    observed()
        .hasObservationWithNameEqualTo("nhub.settle")
        .that()
        .hasContextualNameEqualTo("settle " + UPLINKS)
        .hasLowCardinalityKeyValue("messaging.operation.type", "settle")
        .hasParentObservationContextMatching(each -> "nhub.process".equals(each.getName()))
        .doesNotHaveError();
  }

  @Test
  void qos0_isNotSettled() throws InterruptedException {
    receive(registry);
    fake.publish(
        "v4/groups/nnn.acme.master/METER-1/uplinks",
        "{\"device_id\":\"METER-1\",\"timestamp_ms\":1}".getBytes(UTF_8),
        0);
    fake.publish(UPLINK);
    awaitStopped(1, "nhub.settle");
    awaitStopped(2, "nhub.process");
    observed().hasNumberOfObservationsEqualTo(3);
  }

  @Test
  void undecodable_isSettledOnly() throws InterruptedException {
    receive(registry);
    fake.publish("v4/groups/nnn.acme.master/METER-1/uplinks", "{");
    awaitStopped(1, "nhub.settle");
    observed().hasNumberOfObservationsEqualTo(1);
  }

  @Test
  void kindThatIsNotKnown_isNotInTheTemplate() throws InterruptedException {
    options.allKinds();
    receive(registry);
    fake.publish(
        "v4/groups/nnn.acme.master/METER-1/" + "x".repeat(1_000),
        "{\"device_id\":\"METER-1\",\"timestamp_ms\":1}");
    awaitStopped(1, "nhub.process");
    observed()
        .hasObservationWithNameEqualTo("nhub.process")
        .that()
        .hasContextualNameEqualTo("process v4/groups/{enterprise}.master/{device}/{kind}");
  }

  @Test
  void batchOfSeveralKinds_hasNoTemplate() throws InterruptedException {
    options.allKinds();
    receive(
        nhub(registry)
            .subscribeBatches(
                options.build(), BatchOptions.of(2, Duration.ofMinutes(5)), batch -> {}),
        UPLINK,
        FakeMessage.join("METER-2"));
    awaitStopped(2, "nhub.settle");
    observed()
        .hasObservationWithNameEqualTo("nhub.process")
        .that()
        .hasContextualNameEqualTo("process")
        .hasLowCardinalityKeyValue("messaging.destination.template", KeyValue.NONE_VALUE)
        .hasLowCardinalityKeyValue("nhub.enterprise", DEFAULT_ENTERPRISE)
        .hasHighCardinalityKeyValue("messaging.batch.message_count", "2");
  }

  @Test
  void handlerThatFails_hasAnErrorType() throws InterruptedException {
    options.failurePolicy(options.build().failurePolicy().withRetries(0).thenSkip());
    receive(
        nhub(registry)
            .subscribeAsync(
                options.build(),
                (message, delivery) ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          throw new IllegalStateException("no database");
                        })),
        UPLINK);
    awaitStopped(1, "nhub.settle");
    observed()
        .hasObservationWithNameEqualTo("nhub.process")
        .that()
        .hasError()
        .hasHighCardinalityKeyValue("error.type", "java.lang.IllegalStateException");
    observed().hasObservationWithNameEqualTo("nhub.settle").that().doesNotHaveError();
  }

  @Test
  void deadline_endsTheObservation_thoughTheStageNeverCompletes() throws InterruptedException {
    options.handlerDeadline(Duration.ofMillis(100));
    receive(
        nhub(registry)
            .subscribeAsync(
                options.build(),
                (message, delivery) ->
                    handled.add("call") && handled.size() == 1
                        ? new CompletableFuture<>()
                        : CompletableFuture.completedFuture(null)),
        UPLINK);
    awaitStopped(2, "nhub.process");
    assertEquals(
        "io.nnnco.nhub.stream.error.HandlerException",
        of("nhub.process", recorder.stopped)
            .get(0)
            .getHighCardinalityKeyValue("error.type")
            .getValue());
    awaitStopped(1, "nhub.settle");
  }

  /** The connection breaks while the first is at work, so the second cannot be acknowledged. */
  @Test
  void connectionLost_beforeThePuback_isAnErrorOfTheSettlement() throws InterruptedException {
    CompletableFuture<Void> first = new CompletableFuture<>();
    receive(
        nhub(registry)
            .subscribeAsync(
                options.build(),
                (message, delivery) ->
                    message.deviceId().equals("METER-1")
                        ? first
                        : CompletableFuture.completedFuture(null)),
        UPLINK,
        FakeMessage.uplink("METER-2"));
    await("METER-2 settling", () -> of("nhub.settle", recorder.started).size() == 1);
    fake.dropConnections();
    awaitStopped(1, "nhub.settle");
    observed()
        .hasObservationWithNameEqualTo("nhub.settle")
        .that()
        .hasHighCardinalityKeyValue("error.type", "io.nnnco.nhub.stream.error.ConnectionException");
    first.complete(null);
    fake.acks().take(SOON);
    fake.acks().take(SOON);
  }

  @Test
  void noopRegistry_costsNothing_andTheHandlerIsCalled() throws InterruptedException {
    receive(ObservationRegistry.NOOP, UPLINK);
    assertEquals("METER-1", handled.poll(60, TimeUnit.SECONDS));
  }

  @Test
  void predicate_switchesSettlementsOff() throws InterruptedException {
    registry
        .observationConfig()
        .observationPredicate((name, context) -> !name.equals("nhub.settle"));
    receive(registry, UPLINK);
    fake.acks().take(SOON);
    awaitStopped(1, "nhub.process");
    observed().hasNumberOfObservationsEqualTo(1);
  }

  @Test
  void predicate_switchesProcessOff_andSettlementsStay() throws InterruptedException {
    registry
        .observationConfig()
        .observationPredicate((name, context) -> !name.equals("nhub.process"));
    receive(registry, UPLINK);
    awaitStopped(1, "nhub.settle");
    observed().hasNumberOfObservationsEqualTo(1);
  }

  private static final class OwnProcess extends DefaultNHubProcessConvention {
    @Override
    public String getName() {
      return "own.process";
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(NHubProcessContext context) {
      return super.getHighCardinalityKeyValues(context).and("own", "1");
    }
  }

  private static final class OwnSettle extends DefaultNHubSettleConvention {
    @Override
    public String getContextualName(NHubSettleContext context) {
      return "ack of " + context.delivery().deviceId();
    }
  }

  @Test
  void ownConventions_replaceTheDefaultOnes() throws InterruptedException {
    receive(
        NHubObservations.of(registry)
            .withProcessConvention(new OwnProcess())
            .withSettleConvention(new OwnSettle()),
        UPLINK);
    awaitStopped(1, "nhub.settle");
    observed()
        .hasObservationWithNameEqualTo("own.process")
        .that()
        .hasHighCardinalityKeyValue("own", "1")
        .hasHighCardinalityKeyValue("nhub.device", "METER-1");
    observed()
        .hasObservationWithNameEqualTo("nhub.settle")
        .that()
        .hasContextualNameEqualTo("ack of METER-1");
  }

  private static final class OfTheRegistry extends DefaultNHubSettleConvention
      implements GlobalObservationConvention<NHubSettleContext> {
    @Override
    public String getName() {
      return "global.settle";
    }
  }

  @Test
  void conventionOfTheRegistry_isUsedWhereNoneIsGiven() throws InterruptedException {
    registry.observationConfig().observationConvention(new OfTheRegistry());
    receive(registry, UPLINK);
    awaitStopped(1, "global.settle");
  }
}
