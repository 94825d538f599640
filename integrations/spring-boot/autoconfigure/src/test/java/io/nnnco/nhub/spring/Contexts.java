package io.nnnco.nhub.spring;

import io.nnnco.nhub.spring.actuate.NHubBoot4HealthAutoConfiguration;
import io.nnnco.nhub.spring.actuate.NHubEndpointAutoConfiguration;
import io.nnnco.nhub.spring.actuate.NHubHealthAutoConfiguration;
import io.nnnco.nhub.spring.fake.FakeNHubAutoConfiguration;
import io.nnnco.nhub.testkit.FakeNHub;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;

/** Application contexts with the starter's auto-configurations. */
public final class Contexts {
  private Contexts() {}

  /** Without a property. */
  public static ApplicationContextRunner bare() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                SslAutoConfiguration.class,
                FakeNHubAutoConfiguration.class,
                NHubAutoConfiguration.class,
                NHubListenerAutoConfiguration.class,
                NHubHealthAutoConfiguration.class,
                NHubBoot4HealthAutoConfiguration.class,
                NHubEndpointAutoConfiguration.class));
  }

  /** Connected to a fake by a bean, without a property. */
  public static ApplicationContextRunner with(FakeNHub fake) {
    return bare()
        .withBean("fake", FakeNHub.class, () -> fake, bean -> bean.setDestroyMethodName(""));
  }

  /** Connected to a fake by the properties for addresses. */
  static ApplicationContextRunner addressing(FakeNHub fake) {
    return bare()
        .withPropertyValues(
            "nhub.api-url=" + fake.environment().api(),
            "nhub.mqtt=localhost:" + fake.environment().mqttPort());
  }

  /** What Spring Boot would print about a context that did not start. */
  static FailureAnalysis analysis(AssertableApplicationContext context) {
    Throwable failure = context.getStartupFailure();
    FailureAnalysis analysis =
        new NHubConfigurationFailureAnalyzer(new StandardEnvironment()).analyze(failure);
    if (analysis == null) {
      analysis = new NHubListenerFailureAnalyzer().analyze(failure);
    }
    if (analysis == null) {
      throw new AssertionError("No analyzer knows it", failure);
    }
    return analysis;
  }
}
