package io.nnnco.nhub.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Says which property is wrong, where it was set, and what to do. */
final class NHubConfigurationFailureAnalyzer
    extends AbstractFailureAnalyzer<NHubConfigurationException> {
  private final Environment environment;

  NHubConfigurationFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NHubConfigurationException cause) {
    Origin origin = origin(cause.property());
    String description =
        "The N-Hub client could not be set up:\n\n    Property: "
            + cause.property()
            + (origin == null ? "" : "\n    Origin: " + origin)
            + "\n    Reason: "
            + cause.problem();
    return new FailureAnalysis(description, cause.action(), cause);
  }

  private @Nullable Origin origin(String property) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty found = source.getConfigurationProperty(name);
      if (found != null) {
        return found.getOrigin();
      }
    }
    return null;
  }
}
