package io.nnnco.nhub.spring.actuate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.micrometer.NHubMetrics;
import io.nnnco.nhub.spring.Contexts;
import io.nnnco.nhub.spring.Covers;
import io.nnnco.nhub.spring.NHubClientCustomizer;
import io.nnnco.nhub.spring.NHubListenerAutoConfiguration;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When operators see something; the same on Spring Boot 3 and 4, each with health of its own. */
@NHubTest
class ActuatorConditionsTest {
  private static final String EXPOSED = "management.endpoints.web.exposure.include=nhub";
  private static final String[] HEALTH = {"nhubHealthIndicator", "nhubLivenessHealthIndicator"};

  private static ApplicationContextRunner with(FakeNHub fake) {
    return Contexts.with(fake)
        .withConfiguration(AutoConfigurations.of(NHubMicrometerAutoConfiguration.class));
  }

  @Test
  @Covers({
    "NHubHealthAutoConfiguration:ConditionalOnSingleCandidate",
    "NHubBoot4HealthAutoConfiguration:ConditionalOnSingleCandidate",
    "NHubEndpointAutoConfiguration:ConditionalOnSingleCandidate",
    "NHubEndpointAutoConfiguration:ConditionalOnBean",
    "NHubMicrometerAutoConfiguration.nhubMetrics:ConditionalOnSingleCandidate"
  })
  void client_missing_nothingIsThere(FakeNHub fake) {
    with(fake)
        .withPropertyValues("nhub.enabled=false", EXPOSED)
        .run(
            context -> {
              assertFalse(context.containsBean(HEALTH[0]));
              assertFalse(context.containsBean(HEALTH[1]));
              assertEquals(0, context.getBeansOfType(NHubEndpoint.class).size());
              assertEquals(0, context.getBeansOfType(MeterBinder.class).size());
            });
  }

  @Test
  void clients_two_nothingIsThere_unlessOneIsPrimary(FakeNHub fake) {
    ApplicationContextRunner two =
        with(fake)
            .withBean("one", NHubClient.class, () -> NHubClient.builder(fake.environment()).build())
            .withPropertyValues(EXPOSED);
    Supplier<NHubClient> other = () -> NHubClient.builder(fake.environment()).build();
    two.withBean("two", NHubClient.class, other)
        .run(
            context -> {
              assertFalse(context.containsBean(HEALTH[0]));
              assertFalse(context.containsBean("nhubEndpoint"));
              assertFalse(context.containsBean("nhubMetrics"));
            });
    two.withBean("two", NHubClient.class, other, bean -> bean.setPrimary(true))
        .run(
            context -> {
              assertTrue(context.containsBean(HEALTH[0]));
              assertTrue(context.containsBean("nhubEndpoint"));
              assertTrue(context.containsBean("nhubMetrics"));
            });
  }

  @Test
  @Covers({
    "NHubHealthAutoConfiguration:ConditionalOnClass",
    "NHubBoot4HealthAutoConfiguration:ConditionalOnClass",
    "NHubEndpointAutoConfiguration:ConditionalOnClass"
  })
  void actuator_notOnTheClassPath_nothingIsThere(FakeNHub fake) {
    with(fake)
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate.health.HealthIndicator",
                "org.springframework.boot.health.contributor.HealthIndicator",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition"
                    + ".ConditionalOnAvailableEndpoint"))
        .withPropertyValues(EXPOSED)
        .run(
            context -> {
              assertFalse(context.containsBean(HEALTH[0]));
              assertFalse(context.containsBean(HEALTH[1]));
              assertFalse(context.containsBean("nhubEndpoint"));
            });
  }

  @Test
  @Covers({
    "NHubHealthAutoConfiguration:ConditionalOnEnabledHealthIndicator",
    "NHubBoot4HealthAutoConfiguration:ConditionalOnEnabledHealthIndicator"
  })
  void health_disabled_isNotThere(FakeNHub fake) {
    with(fake)
        .withPropertyValues("management.health.nhub.enabled=false")
        .run(
            context -> {
              assertFalse(context.containsBean(HEALTH[0]));
              assertFalse(context.containsBean(HEALTH[1]));
            });
  }

  @Test
  @Covers({
    "NHubHealthAutoConfiguration.nhubHealthIndicator:ConditionalOnMissingBean",
    "NHubHealthAutoConfiguration.nhubLivenessHealthIndicator:ConditionalOnMissingBean",
    "NHubBoot4HealthAutoConfiguration.nhubHealthIndicator:ConditionalOnMissingBean",
    "NHubBoot4HealthAutoConfiguration.nhubLivenessHealthIndicator:ConditionalOnMissingBean"
  })
  void health_beanOfTheSameName_takesItsPlace(FakeNHub fake) {
    with(fake)
        .withBean(HEALTH[0], String.class, () -> "own")
        .withBean(HEALTH[1], String.class, () -> "own")
        .run(
            context -> {
              assertEquals("own", context.getBean(HEALTH[0]));
              assertEquals("own", context.getBean(HEALTH[1]));
            });
  }

  /** An endpoint of the application's. */
  @Configuration(proxyBeanMethods = false)
  static class OwnEndpoint {
    @Bean
    NHubEndpoint own(NHubClient client, NHubListenerRegistry registry) {
      return new NHubEndpoint(client, registry);
    }
  }

  @Test
  @Covers({
    "NHubEndpointAutoConfiguration.nhubEndpoint:ConditionalOnMissingBean",
    "NHubEndpointAutoConfiguration.nhubEndpoint:ConditionalOnAvailableEndpoint"
  })
  void endpoint_notExposedOrOfTheApplication_isLeftOut(FakeNHub fake) {
    with(fake).run(context -> assertFalse(context.containsBean("nhubEndpoint")));
    with(fake)
        .withPropertyValues(EXPOSED)
        .run(context -> assertTrue(context.containsBean("nhubEndpoint")));
    with(fake)
        .withPropertyValues(EXPOSED)
        .withUserConfiguration(OwnEndpoint.class)
        .run(context -> assertSame(context.getBean("own"), context.getBean(NHubEndpoint.class)));
  }

  @Test
  @Covers({
    "NHubEndpointAutoConfiguration.nhubInfoContributor:ConditionalOnBean",
    "NHubEndpointAutoConfiguration.nhubInfoContributor:ConditionalOnEnabledInfoContributor"
  })
  void info_withoutAddressesOrDisabled_isNotThere(FakeNHub fake) {
    with(fake)
        .withPropertyValues("management.info.nhub.enabled=false")
        .run(context -> assertFalse(context.containsBean("nhubInfoContributor")));
    new ApplicationContextRunner()
        .withBean(NHubClient.class, () -> NHubClient.builder(fake.environment()).build())
        .withConfiguration(
            AutoConfigurations.of(
                NHubListenerAutoConfiguration.class, NHubEndpointAutoConfiguration.class))
        .withPropertyValues(EXPOSED)
        .run(
            context -> {
              assertTrue(context.containsBean("nhubEndpoint"));
              assertFalse(context.containsBean("nhubInfoContributor"));
            });
  }

  @Test
  @Covers("NHubMicrometerAutoConfiguration:ConditionalOnClass")
  void micrometer_notOnTheClassPath_isLeftOut(FakeNHub fake) {
    with(fake)
        .withClassLoader(new FilteredClassLoader(NHubMetrics.class))
        .run(context -> assertFalse(context.containsBean("nhubMetrics")));
  }

  /** Meters of the application's. */
  @Configuration(proxyBeanMethods = false)
  static class OwnMeters {
    @Bean
    NHubMetrics own(NHubClient client) {
      return new NHubMetrics(client);
    }

    @Bean
    NHubClientCustomizer nhubObservationCustomizer() {
      return builder -> {};
    }
  }

  @Test
  @Covers({
    "NHubMicrometerAutoConfiguration.nhubMetrics:ConditionalOnMissingBean",
    "NHubMicrometerAutoConfiguration.nhubObservationCustomizer:ConditionalOnMissingBean"
  })
  void micrometer_beansOfTheApplication_takeItsPlace(FakeNHub fake) {
    with(fake)
        .withUserConfiguration(OwnMeters.class)
        .run(
            context -> {
              assertSame(context.getBean("own"), context.getBean(NHubMetrics.class));
              assertEquals(1, context.getBeansOfType(NHubClientCustomizer.class).size());
            });
  }
}
