package io.nnnco.nhub.spring.actuate;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.spring.NHubConnectionDetails;
import io.nnnco.nhub.spring.NHubListenerAutoConfiguration;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The Actuator endpoint {@code nhub}, and what {@code info} says about N-Hub. */
@AutoConfiguration(after = NHubListenerAutoConfiguration.class)
@ConditionalOnClass(
    name =
        "org.springframework.boot.actuate.autoconfigure.endpoint.condition"
            + ".ConditionalOnAvailableEndpoint")
@ConditionalOnSingleCandidate(NHubClient.class)
@ConditionalOnBean(NHubListenerRegistry.class)
public class NHubEndpointAutoConfiguration {
  /** Made by Spring. */
  public NHubEndpointAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint(endpoint = NHubEndpoint.class)
  NHubEndpoint nhubEndpoint(NHubClient client, NHubListenerRegistry registry) {
    return new NHubEndpoint(client, registry);
  }

  @Bean
  @ConditionalOnBean(NHubConnectionDetails.class)
  @ConditionalOnEnabledInfoContributor("nhub")
  NHubInfoContributor nhubInfoContributor(NHubConnectionDetails details) {
    return new NHubInfoContributor(details);
  }
}
