package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends an HTTP client's calls through a proxy, which never sees the token, as the origin never
 * sees a login.
 */
final class ProxyRoute {
  private static final String LOGIN = "Proxy-Authorization";

  private ProxyRoute() {}

  static void apply(ProxyServer proxy, OkHttpClient.Builder client) {
    // The address is resolved when it is needed, because the network may change.
    InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
    Proxy.Type type =
        switch (proxy.kind()) {
          case HTTP -> Proxy.Type.HTTP;
          case SOCKS5 -> Proxy.Type.SOCKS;
        };
    client.proxy(new Proxy(type, address));
    String username = proxy.username();
    Secret password = proxy.password();
    if (username != null && password != null) {
      String login = Credentials.basic(username, password.reveal(), StandardCharsets.UTF_8);
      client.proxyAuthenticator(
          (route, response) ->
              isRefused(response)
                  ? null
                  : response.request().newBuilder().header(LOGIN, login).build());
    }
  }

  /** The login was sent already, and would be refused a second time. */
  private static boolean isRefused(Response response) {
    return response.request().header(LOGIN) != null;
  }

  /** OkHttp also asks for the login if the origin responds with 407, through the tunnel. */
  static Authenticator atTheProxyOnly(Authenticator login) {
    return (route, response) -> {
      Request request = response.request();
      boolean fromTheProxy = request.method().equals("CONNECT") || !request.isHttps();
      return fromTheProxy ? login.authenticate(route, response) : null;
    };
  }
}
