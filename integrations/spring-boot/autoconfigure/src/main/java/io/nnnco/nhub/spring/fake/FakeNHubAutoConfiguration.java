package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.spring.NHubAutoConfiguration;
import io.nnnco.nhub.spring.NHubConfigurationException;
import io.nnnco.nhub.spring.NHubConnectionDetails;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Connects the client to a {@link FakeNHub} if there is a bean of that type; {@code
 * nhub.fake.enabled=true} adds one, with simulated devices, for development.
 */
@AutoConfiguration(before = NHubAutoConfiguration.class)
@ConditionalOnClass(FakeNHub.class)
@ConditionalOnProperty(
    prefix = "nhub",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@EnableConfigurationProperties(FakeNHubProperties.class)
public class FakeNHubAutoConfiguration {
  /** Made by Spring. */
  public FakeNHubAutoConfiguration() {}

  @Bean(destroyMethod = "close")
  @ConditionalOnProperty(prefix = "nhub.fake", name = "enabled", havingValue = "true")
  @ConditionalOnMissingBean(FakeNHub.class)
  FakeNHub nhubFake(FakeNHubProperties properties, Environment environment) {
    return Fakes.start(
        enterprises(properties, environment).toArray(String[]::new), "nhub.fake.enterprises");
  }

  @Bean
  @ConditionalOnBean(FakeNHub.class)
  @ConditionalOnMissingBean(NHubConnectionDetails.class)
  FakeConnectionDetails nhubFakeConnectionDetails(FakeNHub fake) {
    return new FakeConnectionDetails(fake);
  }

  @Bean
  @ConditionalOnProperty(prefix = "nhub.fake", name = "enabled", havingValue = "true")
  SimulatedDevices nhubSimulatedDevices(
      FakeNHub fake, FakeNHubProperties properties, Environment environment) {
    if (properties.devices() < 1) {
      throw new NHubConfigurationException(
          "nhub.fake.devices",
          "There is no device to simulate.",
          "Set it to 1 or more, or leave it out for 5.",
          null);
    }
    return new SimulatedDevices(fake, enterprises(properties, environment), properties);
  }

  private static List<String> enterprises(FakeNHubProperties properties, Environment environment) {
    List<String> own = properties.enterprises();
    if (own != null && !own.isEmpty()) {
      return own;
    }
    List<String> subscribed =
        Binder.get(environment)
            .bind("nhub.subscription.enterprises", Bindable.listOf(String.class))
            .orElse(List.of());
    return subscribed.isEmpty() ? List.of(FakeNHub.DEFAULT_ENTERPRISE) : subscribed;
  }
}
