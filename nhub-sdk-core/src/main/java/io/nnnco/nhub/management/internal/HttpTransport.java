package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.CallPhase;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.TokenScheme;
import io.nnnco.nhub.management.internal.BoundedSockets.LimitReachedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Sends one request once. */
final class HttpTransport {
  private static final long MAX_BODY = 8L << 20;
  private static final long MAX_ERROR_BODY = 64L << 10;

  /** The size of a response as sent, with its head and the lengths of its chunks. */
  private static final long MAX_SENT = 16L << 20;

  private final OkHttpClient client;
  private final boolean ownsClient;
  private final TokenScheme scheme;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HttpTransport(
      @Nullable OkHttpClient given, @Nullable ProxyServer proxy, TokenScheme scheme, HttpUrl base) {
    this.client = configured(given, proxy, base);
    this.ownsClient = given == null;
    this.scheme = scheme;
  }

  /** The token must not follow a redirect, and an old list must not come from a cache. */
  private static OkHttpClient configured(
      @Nullable OkHttpClient given, @Nullable ProxyServer proxy, HttpUrl base) {
    OkHttpClient.Builder builder = given == null ? own() : given.newBuilder();
    if (proxy != null) {
      ProxyRoute.apply(proxy, builder);
    }
    if (!base.isHttps()) {
      builder.proxy(Proxy.NO_PROXY); // It is on this machine, and a proxy would read the token.
    }
    OkHttpClient routed = given == null ? HttpClients.ofRuntime(builder) : builder.build();
    OkHttpClient.Builder bounded = routed.newBuilder();
    if (routed.socketFactory() == SocketFactory.getDefault()) {
      bounded.socketFactory(new BoundedSockets(MAX_SENT));
    }
    return bounded
        .eventListenerFactory(Progress.beside(routed.eventListenerFactory()))
        .addNetworkInterceptor(new InvalidResponses())
        .proxyAuthenticator(ProxyRoute.atTheProxyOnly(routed.proxyAuthenticator()))
        .followRedirects(false)
        .followSslRedirects(false)
        .authenticator(Authenticator.NONE)
        .cache(null)
        .build();
  }

  private static OkHttpClient.Builder own() {
    return new OkHttpClient.Builder()
        .connectTimeout(Duration.ofSeconds(10))
        .readTimeout(Duration.ZERO) // The attempt's limit applies to all of it.
        .writeTimeout(Duration.ZERO);
  }

  /** Any status is a response; an error is thrown only if there was none. */
  ApiResponse send(ApiRequest request, Secret token, Duration timeout) {
    if (closed) {
      throw new IllegalStateException("This management client is closed.");
    }
    Progress progress = new Progress();
    Call call = client.newCall(httpRequest(request, token, progress));
    call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    ForeignText redaction = ForeignText.without(token);
    underWay.add(call);
    if (closed) {
      call.cancel(); // Closed meanwhile, maybe too early for this call to be seen.
    }
    try (Response response = call.execute()) {
      return new ApiResponse(
          request, response.code(), response.headers(), body(response), redaction);
    } catch (IOException e) {
      throw failure(request, redaction, progress, timeout, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // OkHttp is written in Kotlin, and declares no InterruptedException.
      Thread.currentThread().interrupt();
      throw failure(request, redaction, progress, timeout, new IOException(e));
    } finally {
      underWay.remove(call);
    }
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    underWay.forEach(Call::cancel);
    if (ownsClient) {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  private Request httpRequest(ApiRequest request, Secret token, Progress progress) {
    Request.Builder builder =
        new Request.Builder()
            .url(request.url())
            .tag(Progress.class, progress)
            .header("Authorization", scheme.word() + " " + headerSafe(token))
            .header("Accept", "application/json")
            .header("User-Agent", UserAgent.VALUE);
    return request.isGet()
        ? builder.build()
        : builder.post(new OneShotBody(request.json())).build();
  }

  private static String headerSafe(Secret token) {
    String value = token.reveal();
    if (!value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "The token contains a space or a character that no HTTP header can carry.");
    }
    return value;
  }

  private static @Nullable ByteString body(Response response) throws IOException {
    BufferedSource source = response.body().source();
    try {
      return response.isSuccessful() ? upTo(MAX_BODY, source) : errorBody(source);
    } catch (RuntimeException e) {
      throw InvalidResponses.senseless(e);
    }
  }

  /** The status says enough: a long or broken body of an error is ignored. */
  private static @Nullable ByteString errorBody(BufferedSource source) {
    try {
      return upTo(MAX_ERROR_BODY, source);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable ByteString upTo(long limit, BufferedSource source) throws IOException {
    return source.request(limit + 1) ? null : source.readByteString();
  }

  private ManagementException failure(
      ApiRequest request,
      ForeignText redaction,
      Progress progress,
      Duration timeout,
      IOException e) {
    ApiCall call = request.withoutResponse(redaction);
    CallPhase phase = progress.phase();
    boolean mayHaveHappened = phase == CallPhase.EXCHANGE && !request.isGet();
    if (Thread.currentThread().isInterrupted()) {
      return new ManagementException(
          CoreErrorCode.API_CANCELLED, call, "The thread was interrupted.", mayHaveHappened, e);
    }
    if (closed) {
      return new ManagementException(
          CoreErrorCode.API_CANCELLED,
          call,
          "The management client was closed during the call.",
          mayHaveHappened,
          e);
    }
    if (phase == CallPhase.EXCHANGE && LimitReachedException.isBehind(e)) {
      return ApiErrors.unreadable(
          call, "The response takes more than 16 MiB on the wire and was not read to its end.");
    }
    return e instanceof InterruptedIOException
        ? ApiErrors.timeout(call, phase, timeout, e)
        : ApiErrors.connection(call, request.url(), phase, e);
  }
}
