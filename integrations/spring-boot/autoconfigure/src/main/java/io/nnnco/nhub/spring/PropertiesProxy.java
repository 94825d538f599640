package io.nnnco.nhub.spring;

import static io.nnnco.nhub.spring.PropertyValues.checked;
import static io.nnnco.nhub.spring.PropertyValues.text;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The proxy that {@code nhub.proxy} describes. */
final class PropertiesProxy {
  private PropertiesProxy() {}

  /** Null without a host. */
  static @Nullable ProxyServer of(NHubProperties.Proxy proxy) {
    String host = text(proxy.host());
    if (host == null) {
      return null;
    }
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

  /** Builds what may call the management API, which not every proxy can be used for. */
  static <T> T checkedForManagement(Supplier<T> build) {
    return checked(
        "nhub.proxy.kind",
        "Use an HTTP proxy, or a SOCKS proxy without a login, or no management token.",
        build);
  }
}
