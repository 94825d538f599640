package io.nnnco.nhub.spring.actuate;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.spring.NHubListenerAutoConfiguration;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Health indicators for Spring Boot 3: {@code nhub}, for a readiness group, and {@code
 * nhubLiveness}, for a liveness group.
 */
@AutoConfiguration(after = NHubListenerAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@ConditionalOnSingleCandidate(NHubClient.class)
@ConditionalOnEnabledHealthIndicator("nhub")
public class NHubHealthAutoConfiguration {
  /** Made by Spring. */
  public NHubHealthAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "nhubHealthIndicator")
  HealthIndicator nhubHealthIndicator(
      NHubClient client, ObjectProvider<NHubListenerRegistry> registry) {
    return () -> health(HealthReport.readiness(client, registry.getIfAvailable()));
  }

  @Bean
  @ConditionalOnMissingBean(name = "nhubLivenessHealthIndicator")
  HealthIndicator nhubLivenessHealthIndicator(
      NHubClient client, ObjectProvider<NHubListenerRegistry> registry) {
    return () -> health(HealthReport.liveness(client, registry.getIfAvailable()));
  }

  private static Health health(HealthReport report) {
    return Health.status(report.status()).withDetails(report.details()).build();
  }
}
