package io.nnnco.nhub.spring;

import static io.nnnco.nhub.spring.PropertyValues.checked;
import static io.nnnco.nhub.spring.PropertyValues.text;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * An {@link NHubClient} from the properties {@code nhub.*}. Backs off if the application has a
 * client of its own, and with {@code nhub.enabled=false}.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
      "io.nnnco.nhub.spring.fake.FakeNHubAutoConfiguration"
    })
@ConditionalOnProperty(
    prefix = "nhub",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@EnableConfigurationProperties(NHubProperties.class)
@ImportRuntimeHints(NHubRuntimeHints.class)
public class NHubAutoConfiguration {
  /** Made by Spring. */
  public NHubAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(NHubConnectionDetails.class)
  PropertiesConnectionDetails nhubConnectionDetails(
      NHubProperties properties, ObjectProvider<SslBundles> bundles) {
    return new PropertiesConnectionDetails(
        properties,
        new PropertiesCredentials(
            properties.credentials(), name -> bundles.getObject().getBundle(name)));
  }

  @Bean
  @ConditionalOnMissingBean(NHubClient.class)
  HandlerThreads nhubHandlerThreads(NHubProperties properties) {
    Integer threads = properties.listener().threads();
    return new HandlerThreads(
        threads == null
            ? HandlerThreads.defaultNumber()
            : checked(
                "nhub.listener.threads",
                "Set it to 1 or more, or leave it out.",
                () -> positive(threads)));
  }

  private static int positive(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Not a number of threads: " + threads + ".");
    }
    return threads;
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean(NHubClient.class)
  NHubClient nhubClient(
      NHubProperties properties,
      NHubConnectionDetails details,
      HandlerThreads threads,
      ObjectProvider<NHubClientCustomizer> customizers,
      Environment environment) {
    NHubClientBuilder builder = NHubClient.builder(details.environment());
    builder.engine(properties.engine());
    Credentials credentials = details.credentials();
    if (credentials != null) {
      builder.credentials(credentials);
    }
    Secret token = details.managementToken();
    if (token != null) {
      builder.managementToken(token);
    }
    String proxyHost = text(properties.proxy().host());
    if (proxyHost != null) {
      builder.proxy(proxy(properties.proxy(), proxyHost));
    }
    if (!virtualThreads(environment)) {
      builder.handlerExecutor(threads.executor());
    }
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return checked(
        "nhub.proxy.kind",
        "Use an HTTP proxy, or a SOCKS proxy without a login, or no management token.",
        builder::build);
  }

  /** With them, the SDK's own default is right: a virtual thread for each message. */
  private static boolean virtualThreads(Environment environment) {
    return environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)
        && Runtime.version().feature() >= 21;
  }

  private static ProxyServer proxy(NHubProperties.Proxy proxy, String host) {
    Integer port = proxy.port();
    if (port == null) {
      throw new NHubConfigurationException(
          "nhub.proxy.port",
          "It is not set, but nhub.proxy.host is.",
          "Set it to the proxy's port, often 3128 or 8080.",
          null);
    }
    String password = text(proxy.password());
    return checked(
        "nhub.proxy.host",
        "Correct nhub.proxy.host, nhub.proxy.port, nhub.proxy.username or nhub.proxy.password.",
        () ->
            new ProxyServer(
                proxy.kind(),
                host,
                port,
                text(proxy.username()),
                password == null ? null : Secret.of(password)));
  }

  @Bean
  SslBundleReload nhubSslBundleReload(
      ObjectProvider<PropertiesConnectionDetails> details,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<NHubClient> client) {
    return new SslBundleReload(details, bundles, client);
  }
}
