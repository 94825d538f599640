package io.nnnco.nhub.spring;

import io.nnnco.nhub.NHubClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Hands the new credentials to the client when Spring Boot reloads the SSL bundle. */
final class SslBundleReload implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(SslBundleReload.class);

  private final ObjectProvider<PropertiesConnectionDetails> details;
  private final ObjectProvider<SslBundles> bundles;
  private final ObjectProvider<NHubClient> client;

  SslBundleReload(
      ObjectProvider<PropertiesConnectionDetails> details,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<NHubClient> client) {
    this.details = details;
    this.bundles = bundles;
    this.client = client;
  }

  @Override
  public void afterSingletonsInstantiated() {
    PropertiesConnectionDetails fromProperties = details.getIfAvailable();
    NHubClient nhub = client.getIfUnique();
    if (fromProperties == null || nhub == null) {
      return;
    }
    PropertiesCredentials credentials = fromProperties.propertiesCredentials();
    String name = credentials.bundleName();
    if (name != null) {
      bundles
          .getObject()
          .addBundleUpdateHandler(name, bundle -> replace(name, credentials, bundle, nhub));
    }
  }

  private static void replace(
      String name, PropertiesCredentials credentials, SslBundle bundle, NHubClient nhub) {
    try {
      nhub.updateCredentials(credentials.renewed(bundle));
      log.info("The SSL bundle {} has changed: its credentials replace the ones in use", name);
    } catch (RuntimeException e) {
      log.warn(
          "The SSL bundle {} has changed, but cannot be used: the credentials in use stay",
          name,
          e);
    }
  }
}
