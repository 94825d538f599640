package io.nnnco.nhub.spring;

import io.nnnco.nhub.NHubClientBuilder;

/**
 * Changes the builder of the auto-configured client, for what has no property. Beans of this type
 * are called in their order, after the properties were applied.
 */
@FunctionalInterface
public interface NHubClientCustomizer {
  /**
   * Changes the builder.
   *
   * @param builder the client's builder
   */
  void customize(NHubClientBuilder builder);
}
