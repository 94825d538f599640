package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When the starter does something, and when it leaves that to the application. */
@NHubTest
class ConditionsTest {
  @Test
  @Covers({
    "nhub.enabled",
    "NHubAutoConfiguration:ConditionalOnProperty",
    "NHubListenerAutoConfiguration:ConditionalOnProperty",
    "FakeNHubAutoConfiguration:ConditionalOnProperty"
  })
  void enabled_false_createsNothing(FakeNHub fake) {
    NHubClient own = NHubClient.builder(fake.environment()).build();
    Contexts.with(fake)
        .withBean("own", NHubClient.class, () -> own)
        .withPropertyValues("nhub.enabled=false")
        .run(
            context -> {
              assertEquals(1, context.getBeansOfType(NHubClient.class).size());
              assertEquals(0, context.getBeansOfType(NHubListenerRegistry.class).size());
              assertEquals(0, context.getBeansOfType(NHubConnectionDetails.class).size());
            });
  }

  @Test
  @Covers({
    "NHubAutoConfiguration.nhubClient:ConditionalOnMissingBean",
    "NHubAutoConfiguration.nhubHandlerThreads:ConditionalOnMissingBean"
  })
  void client_ofTheApplication_isTheOnlyOne(FakeNHub fake) {
    NHubClient own = NHubClient.builder(fake.environment()).build();
    Contexts.bare()
        .withBean("own", NHubClient.class, () -> own)
        .run(
            context -> {
              assertSame(own, context.getBean(NHubClient.class));
              assertEquals(0, context.getBeansOfType(HandlerThreads.class).size());
            });
  }

  @Test
  @Covers({
    "NHubAutoConfiguration.nhubConnectionDetails:ConditionalOnMissingBean",
    "FakeNHubAutoConfiguration.nhubFakeConnectionDetails:ConditionalOnMissingBean"
  })
  void connectionDetails_ofTheApplication_areTheOnlyOnes(FakeNHub fake) {
    NHubConnectionDetails own = fake::environment;
    Contexts.with(fake)
        .withBean("own", NHubConnectionDetails.class, () -> own)
        .run(context -> assertSame(own, context.getBean(NHubConnectionDetails.class)));
  }

  @Test
  @Covers("NHubListenerAutoConfiguration:ConditionalOnBean")
  void client_missing_noListenersRun() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(NHubListenerAutoConfiguration.class))
        .run(context -> assertEquals(0, context.getBeansOfType(NHubListenerRegistry.class).size()));
  }

  /** A registry that waits longer than the property says. */
  @Configuration(proxyBeanMethods = false)
  static class OwnRegistry {
    @Bean
    NHubListenerRegistry own(ConfigurableApplicationContext context) {
      return new NHubListenerRegistry(context, Duration.ofHours(1), new KeepAlive(false));
    }
  }

  @Test
  @Covers("NHubListenerAutoConfiguration.nhubListenerRegistry:ConditionalOnMissingBean")
  void registry_ofTheApplication_isTheOnlyOne(FakeNHub fake) {
    Contexts.with(fake)
        .withUserConfiguration(OwnRegistry.class)
        .run(
            context ->
                assertSame(context.getBean("own"), context.getBean(NHubListenerRegistry.class)));
  }

  @Test
  @Covers("FakeNHubAutoConfiguration:ConditionalOnClass")
  void testkit_notOnTheClassPath_isNotUsed() {
    Contexts.bare()
        .withClassLoader(new FilteredClassLoader(FakeNHub.class))
        .withPropertyValues("nhub.environment=a", "nhub.fake.enabled=true")
        .run(
            context ->
                assertEquals(
                    NHubEnvironment.of("a"),
                    context.getBean(NHubConnectionDetails.class).environment()));
  }

  @Test
  @Covers({
    "nhub.fake.enabled",
    "FakeNHubAutoConfiguration.nhubFake:ConditionalOnProperty",
    "FakeNHubAutoConfiguration.nhubSimulatedDevices:ConditionalOnProperty",
    "FakeNHubAutoConfiguration.nhubFakeConnectionDetails:ConditionalOnBean"
  })
  void fake_notEnabled_isNotThere() {
    Contexts.bare()
        .withPropertyValues("nhub.environment=a")
        .run(
            context -> {
              assertEquals(0, context.getBeansOfType(FakeNHub.class).size());
              assertFalse(context.containsBean("nhubSimulatedDevices"));
              assertFalse(context.containsBean("nhubFakeConnectionDetails"));
            });
    Contexts.bare()
        .withPropertyValues("nhub.fake.enabled=true")
        .run(
            context -> {
              assertEquals(1, context.getBeansOfType(FakeNHub.class).size());
              assertTrue(context.containsBean("nhubSimulatedDevices"));
              assertTrue(context.containsBean("nhubFakeConnectionDetails"));
            });
  }

  @Test
  @Covers("FakeNHubAutoConfiguration.nhubFake:ConditionalOnMissingBean")
  void fake_ofTheApplication_isTheOnlyOne(FakeNHub fake) {
    Contexts.with(fake)
        .withPropertyValues("nhub.fake.enabled=true")
        .run(
            context -> {
              assertSame(fake, context.getBean(FakeNHub.class));
              assertTrue(context.containsBean("nhubSimulatedDevices"));
            });
  }
}
