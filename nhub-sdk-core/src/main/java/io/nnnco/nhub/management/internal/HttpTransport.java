package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.CallCancelledException;
import io.nnnco.nhub.management.ConnectionPhase;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.TokenScheme;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
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

  private final OkHttpClient client;
  private final boolean ownsClient;
  private final TokenScheme scheme;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HttpTransport(@Nullable OkHttpClient given, @Nullable ProxyServer proxy, TokenScheme scheme) {
    OkHttpClient.Builder builder =
        given == null
            ? new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ZERO) // The attempt's limit holds for all of it.
                .writeTimeout(Duration.ZERO)
            : given.newBuilder();
    if (proxy != null) {
      ProxyRoute.apply(proxy, builder);
    }
    // The token must not follow a redirect, and an old list must not come from a cache.
    this.client =
        builder
            .followRedirects(false)
            .followSslRedirects(false)
            .authenticator(Authenticator.NONE)
            .cache(null)
            .build();
    this.ownsClient = given == null;
    this.scheme = scheme;
  }

  /** Any status is an answer; an error is thrown only where none came. */
  ApiResponse send(ApiRequest request, Secret token, Duration timeout) {
    if (closed) {
      throw new IllegalStateException("This management client is closed.");
    }
    Call call = client.newCall(httpRequest(request, token));
    call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    Progress progress = new Progress();
    ForeignText redaction = ForeignText.without(token);
    call.addEventListener(progress);
    underWay.add(call);
    if (closed) {
      call.cancel(); // Closed meanwhile, maybe too early to see this call.
    }
    try (Response response = call.execute()) {
      return new ApiResponse(
          request, response.code(), response.headers(), body(response), redaction);
    } catch (IOException e) {
      throw failure(request, redaction, progress, timeout, e);
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

  private Request httpRequest(ApiRequest request, Secret token) {
    Request.Builder builder =
        new Request.Builder()
            .url(request.url())
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
    if (!response.isSuccessful()) {
      return errorBody(source);
    }
    return source.request(MAX_BODY + 1) ? null : source.readByteString();
  }

  /** The status says enough: a long or broken body of an error is left. */
  private static @Nullable ByteString errorBody(BufferedSource source) {
    try {
      return source.request(MAX_ERROR_BODY + 1) ? null : source.readByteString();
    } catch (IOException e) {
      return null;
    }
  }

  private ManagementException failure(
      ApiRequest request,
      ForeignText redaction,
      Progress progress,
      Duration timeout,
      IOException e) {
    ApiCall call = request.unanswered(redaction);
    ConnectionPhase phase = progress.phase();
    boolean mayHaveHappened = phase == ConnectionPhase.EXCHANGE && !request.isGet();
    if (Thread.currentThread().isInterrupted()) {
      return new CallCancelledException(call, "The thread was interrupted.", mayHaveHappened, e);
    }
    if (closed) {
      return new CallCancelledException(
          call, "The management client was closed during the call.", mayHaveHappened, e);
    }
    return e instanceof InterruptedIOException
        ? Failures.timeout(call, phase, timeout, e)
        : Failures.connection(call, request.url(), phase, e);
  }
}
