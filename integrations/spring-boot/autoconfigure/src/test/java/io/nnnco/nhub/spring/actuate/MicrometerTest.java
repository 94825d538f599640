package io.nnnco.nhub.spring.actuate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.micrometer.NHubMetrics;
import io.nnnco.nhub.spring.Contexts;
import io.nnnco.nhub.spring.Eventually;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Meters and observations without a line of the application. */
@NHubTest
class MicrometerTest {
  static class Meters {
    @NHubListener(id = "meters", enterprise = "nnn.acme")
    void on(Uplink uplink) {}
  }

  private static ApplicationContextRunner with(FakeNHub fake) {
    return Contexts.with(fake)
        .withConfiguration(AutoConfigurations.of(NHubMicrometerAutoConfiguration.class))
        .withBean(Meters.class);
  }

  @Test
  void metrics_boundAsSpringBootDoes_countWhatListenersGet(FakeNHub fake) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    with(fake)
        .run(
            context -> {
              context.getBean(MeterBinder.class).bindTo(registry);
              context
                  .getBean(NHubListenerRegistry.class)
                  .get("meters")
                  .subscription()
                  .orElseThrow()
                  .awaitConnected(Eventually.SOON);
              fake.publish(FakeMessage.uplink("A")).awaitDelivered(Eventually.SOON);
              Eventually.isTrue(
                  "counted",
                  () ->
                      registry.getMeters().stream()
                          .filter(meter -> meter.getId().getName().contains("received"))
                          .flatMap(
                              meter ->
                                  java.util.stream.StreamSupport.stream(
                                      meter.measure().spliterator(), false))
                          .anyMatch(measured -> measured.getValue() == 1));
            });
    assertEquals(0, registry.getMeters().size(), "the context has closed");
  }

  @Test
  void observations_registryOfTheApplication_observesListeners(FakeNHub fake) {
    BlockingQueue<String> observed = new LinkedBlockingQueue<>();
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<>() {
              @Override
              public void onStop(Observation.Context context) {
                observed.add(context.getName());
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
    with(fake)
        .withBean(ObservationRegistry.class, () -> registry)
        .run(
            context -> {
              context
                  .getBean(NHubListenerRegistry.class)
                  .get("meters")
                  .subscription()
                  .orElseThrow()
                  .awaitConnected(Eventually.SOON);
              fake.publish(FakeMessage.uplink("A")).awaitDelivered(Eventually.SOON);
              assertNotNull(observed.poll(60, TimeUnit.SECONDS));
            });
  }

  @Test
  void module_notOnTheClassPath_isLeftOut(FakeNHub fake) {
    with(fake)
        .withClassLoader(new FilteredClassLoader(NHubMetrics.class))
        .run(context -> assertEquals(0, context.getBeansOfType(MeterBinder.class).size()));
  }
}
