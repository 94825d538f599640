package io.nnnco.nhub.spring;

import io.nnnco.nhub.NHubClient;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Runs the methods with {@link NHubListener}. */
@AutoConfiguration(after = NHubAutoConfiguration.class)
@ConditionalOnProperty(
    prefix = "nhub",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@ConditionalOnBean(NHubClient.class)
@EnableConfigurationProperties(NHubProperties.class)
public class NHubListenerAutoConfiguration {
  /** What closing may take beyond the drain, if the bridge does not respond, and a little. */
  private static final Duration DISCONNECT = Duration.ofSeconds(12);

  /** Made by Spring. */
  public NHubListenerAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  NHubListenerRegistry nhubListenerRegistry(
      ConfigurableApplicationContext context, NHubProperties properties) {
    Duration configured = properties.listener().drain();
    if (configured != null && configured.isNegative()) {
      throw new NHubConfigurationException(
          "nhub.listener.drain", "It is negative.", "Set it to zero or more.", null);
    }
    Duration phase = shutdownPhase(context);
    if (configured != null && configured.compareTo(phase) > 0) {
      throw new NHubConfigurationException(
          "nhub.listener.drain",
          "It is longer than spring.lifecycle.timeout-per-shutdown-phase, "
              + DurationStyle.SIMPLE.print(phase, ChronoUnit.SECONDS)
              + ", so that a stop could take longer than configured.",
          "Shorten it, or raise spring.lifecycle.timeout-per-shutdown-phase.",
          null);
    }
    return new NHubListenerRegistry(
        context,
        configured == null ? defaultDrain(phase) : configured,
        new KeepAlive(properties.listener().keepAlive()));
  }

  private static Duration shutdownPhase(ConfigurableApplicationContext context) {
    return DurationStyle.detectAndParse(
        context.getEnvironment().getProperty("spring.lifecycle.timeout-per-shutdown-phase", "30s"));
  }

  private static Duration defaultDrain(Duration phase) {
    Duration rest = phase.minus(DISCONNECT);
    Duration half = phase.dividedBy(2);
    return rest.compareTo(half) > 0 ? rest : half;
  }

  @Bean
  ListenerFactory nhubListenerFactory(
      ConfigurableApplicationContext context,
      NHubProperties properties,
      ObjectProvider<NHubClient> client) {
    return new ListenerFactory(context.getBeanFactory(), properties, client::getObject);
  }

  @Bean
  static ListenerDetection nhubListenerDetection(
      ConfigurableListableBeanFactory beans,
      ObjectProvider<NHubListenerRegistry> registry,
      ObjectProvider<ListenerFactory> factory) {
    return new ListenerDetection(beans, registry, factory);
  }

  /** A lazy bean would never be made, and its listeners never be found. */
  @Bean
  static LazyInitializationExcludeFilter nhubListenersAreNotLazy() {
    return (name, definition, type) -> !ListenerDetection.listeners(type).isEmpty();
  }
}
