package io.nnnco.nhub.spring.actuate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Contexts;
import io.nnnco.nhub.spring.Eventually;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.spring.NHubListenerContainer;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.spring.actuate.NHubEndpoint.Action;
import io.nnnco.nhub.spring.actuate.NHubEndpoint.ListenerDescriptor;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What operators see; the same on Spring Boot 3 and 4, whose health types differ. */
@NHubTest
class ActuatorTest {
  static class Meters {
    @NHubListener(id = "meters", enterprise = "nnn.acme", durable = "meters")
    void on(Uplink uplink) {}
  }

  private static ApplicationContextRunner with(FakeNHub fake) {
    return Contexts.with(fake)
        .withBean(Meters.class)
        .withPropertyValues(
            "management.endpoints.web.exposure.include=nhub",
            "management.endpoints.jmx.exposure.include=nhub");
  }

  private static NHubListenerContainer meters(ApplicationContext context) throws Exception {
    NHubListenerContainer meters = context.getBean(NHubListenerRegistry.class).get("meters");
    meters.subscription().orElseThrow().awaitConnected(Eventually.SOON);
    return meters;
  }

  /** The code of the status, and the details, by the methods that both types have. */
  private static Map.Entry<String, Map<?, ?>> health(ApplicationContext context, String bean)
      throws Exception {
    Object indicator = context.getBean(bean);
    Method health = indicator.getClass().getMethod("health");
    health.setAccessible(true);
    Object report = health.invoke(indicator);
    Object status = report.getClass().getMethod("getStatus").invoke(report);
    Object code = status.getClass().getMethod("getCode").invoke(status);
    return Map.entry(
        String.valueOf(code), (Map<?, ?>) report.getClass().getMethod("getDetails").invoke(report));
  }

  @Test
  void health_subscribed_isUp(FakeNHub fake) {
    with(fake)
        .run(
            context -> {
              meters(context);
              Map.Entry<String, Map<?, ?>> health = health(context, "nhubHealthIndicator");
              assertEquals("UP", health.getKey());
              assertEquals(
                  Map.of("meters", health.getValue().get("reason")),
                  health.getValue().get("listeners"));
              assertEquals("UP", health(context, "nhubLivenessHealthIndicator").getKey());
            });
  }

  @Test
  void health_paused_isOutOfServiceAndLive(FakeNHub fake) {
    with(fake)
        .run(
            context -> {
              meters(context).pause();
              assertEquals("OUT_OF_SERVICE", health(context, "nhubHealthIndicator").getKey());
              assertEquals("UP", health(context, "nhubLivenessHealthIndicator").getKey());
            });
  }

  @Test
  void health_endedByAnError_isDown(FakeNHub fake) {
    with(fake)
        .run(
            context -> {
              NHubListenerContainer meters = meters(context);
              fake.revoke(fake.identity());
              fake.dropConnections();
              Eventually.isTrue("ended", () -> !meters.isRunning());
              assertEquals("DOWN", health(context, "nhubHealthIndicator").getKey());
              assertEquals("DOWN", health(context, "nhubLivenessHealthIndicator").getKey());
            });
  }

  @Test
  void health_nothingSubscribed_isUnknown(FakeNHub fake) {
    Contexts.with(fake)
        .run(
            context -> {
              assertEquals("UNKNOWN", health(context, "nhubHealthIndicator").getKey());
              assertEquals("UP", health(context, "nhubLivenessHealthIndicator").getKey());
            });
  }

  @Test
  void health_disabled_isNotThere(FakeNHub fake) {
    Contexts.with(fake)
        .withPropertyValues("management.health.nhub.enabled=false")
        .run(context -> assertFalse(context.containsBean("nhubHealthIndicator")));
  }

  @Test
  void endpoint_actions_changeTheListener(FakeNHub fake) {
    with(fake)
        .run(
            context -> {
              meters(context);
              NHubEndpoint endpoint = context.getBean(NHubEndpoint.class);

              ListenerDescriptor running = endpoint.listener("meters");
              assertNotNull(running);
              assertTrue(running.running());
              SubscriptionDescriptor subscription = running.subscription();
              assertNotNull(subscription);
              assertEquals("SUBSCRIBED", subscription.state());
              assertEquals("meters", subscription.durableName());

              endpoint.change("meters", Action.PAUSE);
              assertEquals("PAUSED", endpoint.client().health().reason());
              endpoint.change("meters", Action.RESUME);
              ListenerDescriptor stopped = endpoint.change("meters", Action.STOP);
              assertNotNull(stopped);
              assertFalse(stopped.running());
              endpoint.change("meters", Action.START);
              ListenerDescriptor again = endpoint.client().listeners().get("meters");
              assertNotNull(again);
              assertTrue(again.running());
              assertNull(endpoint.listener("nothing"));
              assertNull(endpoint.change("nothing", Action.STOP));
            });
  }

  @Test
  void endpoint_stats_areAllThatASubscriptionHas() {
    assertEquals(
        names(SubscriptionStats.class), names(SubscriptionDescriptor.StatsDescriptor.class));
  }

  private static List<String> names(Class<? extends Record> type) {
    return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void endpoint_notExposed_isNotThere(FakeNHub fake) {
    Contexts.with(fake)
        .run(context -> assertEquals(0, context.getBeansOfType(NHubEndpoint.class).size()));
  }

  @Test
  void info_always_namesTheAddresses(FakeNHub fake) {
    Contexts.with(fake)
        .run(
            context -> {
              Info.Builder builder = new Info.Builder();
              context.getBean(NHubInfoContributor.class).contribute(builder);
              assertEquals(
                  Map.of(
                      "api",
                      fake.environment().api().toString(),
                      "mqtt",
                      "localhost:" + fake.environment().mqttPort()),
                  builder.build().get("nhub"));
            });
  }
}
