package io.nnnco.nhub.spring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.micrometer.NHubMetrics;
import io.nnnco.nhub.micrometer.NHubObservations;
import io.nnnco.nhub.spring.NHubAutoConfiguration;
import io.nnnco.nhub.spring.NHubClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Meters and observations, with {@code nhub-sdk-micrometer} on the class path: Spring Boot binds
 * the meters to its registries.
 */
@AutoConfiguration(after = NHubAutoConfiguration.class)
@ConditionalOnClass({NHubMetrics.class, MeterRegistry.class})
public class NHubMicrometerAutoConfiguration {
  /** Made by Spring. */
  public NHubMicrometerAutoConfiguration() {}

  @Bean(destroyMethod = "close")
  @ConditionalOnSingleCandidate(NHubClient.class)
  @ConditionalOnMissingBean
  NHubMetrics nhubMetrics(NHubClient client) {
    return new NHubMetrics(client);
  }

  @Bean
  @ConditionalOnMissingBean(name = "nhubObservationCustomizer")
  NHubClientCustomizer nhubObservationCustomizer(ObjectProvider<ObservationRegistry> registry) {
    return builder -> registry.ifUnique(found -> builder.interceptor(NHubObservations.of(found)));
  }
}
