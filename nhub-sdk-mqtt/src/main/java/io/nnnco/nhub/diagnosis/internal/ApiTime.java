package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The time that the management API's {@code Date} header gives, to the second. Any response has
 * one, so it is asked without a token.
 *
 * @param api the API's time
 * @param here this machine's, at the same moment
 */
record ApiTime(Instant api, Instant here) {
  static ApiTime ask(Case subject, Duration limit) throws IOException {
    HttpUrl url = HttpUrl.get(subject.nhub().api());
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .callTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .followRedirects(false)
            .followSslRedirects(false);
    route(subject.proxy(), url, client);
    OkHttpClient http = client.build();
    try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      Date date = response.headers().getDate("Date");
      if (date == null) {
        throw new IOException("The response has no date.");
      }
      return new ApiTime(date.toInstant(), subject.clock().instant());
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  /** As the management API is called: on this machine directly, else through the proxy. */
  private static void route(@Nullable ProxyServer proxy, HttpUrl url, OkHttpClient.Builder client) {
    if (!url.isHttps()) {
      client.proxy(Proxy.NO_PROXY);
    } else if (proxy != null) {
      client.proxy(
          new Proxy(
              proxy.kind() == ProxyServer.Kind.HTTP ? Proxy.Type.HTTP : Proxy.Type.SOCKS,
              InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
      Secret password = proxy.password();
      if (password != null) {
        String login =
            Credentials.basic(
                String.valueOf(proxy.username()), password.reveal(), StandardCharsets.UTF_8);
        client.proxyAuthenticator(
            (way, response) ->
                response.request().header("Proxy-Authorization") == null
                    ? response.request().newBuilder().header("Proxy-Authorization", login).build()
                    : null);
      }
    }
  }

  /** How far this machine is ahead; negative if it is behind. */
  Duration ahead() {
    return Duration.between(api, here);
  }
}
