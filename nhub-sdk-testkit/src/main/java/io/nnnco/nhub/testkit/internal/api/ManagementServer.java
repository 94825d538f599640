package io.nnnco.nhub.testkit.internal.api;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.internal.fault.FaultQueue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The HTTP server around a {@link ManagementApi}, on the loopback interface. */
public final class ManagementServer implements AutoCloseable {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
  private static final int NO_RESPONSE = 0;

  private final MockWebServer server = new MockWebServer();
  private final ApiFaults faults = new ApiFaults();
  private final ExpectedContinues continues = new ExpectedContinues();
  private final String scheme;
  private final String host;

  private ManagementServer(String scheme, String host) {
    this.scheme = scheme;
    this.host = host;
  }

  /**
   * Binds, so that the port is known; responds only once it has something to {@link #serve}.
   *
   * @param address where to listen
   * @param host the name under which clients reach it
   * @param port the port; 0 for any free one
   * @param tls for https, or null for http
   * @throws IOException if the port is taken
   */
  public static ManagementServer listen(
      InetAddress address, String host, int port, @Nullable SSLSocketFactory tls)
      throws IOException {
    ManagementServer listening = new ManagementServer(tls == null ? "http" : "https", host);
    quieten();
    listening.server.setServerSocketFactory(listening.continues);
    if (tls != null) {
      listening.server.useHttps(tls);
    }
    listening.server.start(address, port);
    return listening;
  }

  /**
   * Starts to respond.
   *
   * @param api produces the responses
   * @param clock dates the journal
   * @param journal records each request before its response is sent
   */
  public void serve(ManagementApi api, InstantSource clock, Consumer<RequestRecord> journal) {
    server.setDispatcher(new ApiDispatcher(api, clock, journal));
  }

  /** By default, MockWebServer logs its start to the console at INFO. */
  private static void quieten() {
    Logger logger = Logger.getLogger(MockWebServer.class.getName());
    if (logger.getLevel() == null) {
      logger.setLevel(Level.WARNING);
    }
  }

  /** The address of the API, ending in a slash. */
  public String address() {
    return scheme + "://" + authority() + ManagementApi.BASE;
  }

  private String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
  }

  /** Injects a fault. */
  public FaultQueue.Pending<ApiFault> inject(ApiFault fault, Occurrence when) {
    return faults.inject(fault, when);
  }

  /** The faults that can still happen. */
  public List<FaultQueue.Pending<ApiFault>> pendingFaults() {
    return faults.pending();
  }

  /** Takes a fault back; returns whether it could still happen. */
  public boolean removeFault(long number) {
    return faults.remove(number);
  }

  /** The faults that should have happened by now, and have not. */
  public List<ApiFault> unusedFaults() {
    return faults.unused();
  }

  /** Clears the faults that have not happened yet. */
  public void clearFaults() {
    faults.clear();
  }

  /** Frees the port, even if the thread is interrupted; MockWebServer would give up. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      server.close();
    } catch (AssertionError stillEnding) {
      // its sockets are closed, but on a busy machine its threads may need longer to notice
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class ApiDispatcher extends Dispatcher {
    private final ManagementApi api;
    private final InstantSource clock;
    private final Consumer<RequestRecord> journal;

    ApiDispatcher(ManagementApi api, InstantSource clock, Consumer<RequestRecord> journal) {
      this.api = api;
      this.clock = clock;
      this.journal = journal;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      forget();
      Call call = callOf(request);
      ApiFault fault = faults.next(call.method(), call.path());
      ServerResponse content = fault == null ? respond(call) : faultyResponse(fault, call);
      journal.accept(
          new RequestRecord(
              clock.instant(),
              call.method(),
              call.path(),
              call.query(),
              call.headers(),
              call.body(),
              content.status()));
      MockResponse.Builder response = response(content, call, clock.instant());
      if (closes(request)) {
        response.setHeader("Connection", "close");
        response.onResponseEnd(new SocketEffect.CloseSocket());
      }
      if (fault != null) {
        spoil(response, fault, content);
      }
      return response.build();
    }

    /** Called when the headers of a request have been read, and its body has not. */
    @Override
    public MockResponse peek() {
      return continues.take() ? new MockResponse.Builder().add100Continue().build() : super.peek();
    }

    /** Without a response, MockWebServer would leave the client waiting. */
    private ServerResponse respond(Call call) {
      try {
        return api.respond(call);
      } catch (RuntimeException e) {
        LOG.warn("The management API of the fake failed.", e);
        return ServerResponse.json(500, Map.of("detail", String.valueOf(e.getMessage())));
      }
    }

    private ServerResponse faultyResponse(ApiFault fault, Call call) {
      if (fault instanceof ApiFault.Respond respond) {
        return new ServerResponse(respond.status(), respond.headers(), respond.body());
      }
      if (fault instanceof ApiFault.Reset || fault instanceof ApiFault.HalfOpen) {
        return new ServerResponse(NO_RESPONSE, Map.of(), "");
      }
      ServerResponse real = respond(call);
      if (fault instanceof ApiFault.LoseResponse) {
        return new ServerResponse(NO_RESPONSE, Map.of(), "");
      }
      return fault instanceof ApiFault.Garbage
          ? new ServerResponse(
              real.status(), real.headers(), "{\"results\": [{\"id\": \"\u0000\ufffd}}<%")
          : real;
    }

    /** MockWebServer keeps each request for a takeRequest that nobody calls. */
    private void forget() throws InterruptedException {
      while (server.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
        // nothing can be done about it
      }
    }
  }

  private static void spoil(MockResponse.Builder response, ApiFault fault, ServerResponse content) {
    if (fault instanceof ApiFault.Delay delay) {
      response.headersDelay(TimeUnit.NANOSECONDS.convert(delay.time()), TimeUnit.NANOSECONDS);
    } else if (fault instanceof ApiFault.Reset || fault instanceof ApiFault.LoseResponse) {
      response.onResponseStart(new SocketEffect.CloseSocket());
    } else if (fault instanceof ApiFault.HalfOpen) {
      response.onResponseStart(SocketEffect.Stall.INSTANCE);
    } else if (fault instanceof ApiFault.Truncate truncate) {
      int length = content.body().length();
      int kept = Math.min(truncate.bytes(), Math.max(0, length - 1));
      response.body(content.body().substring(0, kept)).setHeader("Content-Length", length);
      response.onResponseEnd(new SocketEffect.CloseSocket());
    }
  }

  /** Whether the client expects the connection to end with the response. */
  private static boolean closes(RecordedRequest request) {
    String connection =
        String.join(",", request.getHeaders().values("Connection")).toLowerCase(Locale.ROOT);
    return request.getVersion().equals("HTTP/1.0")
        ? !connection.contains("keep-alive")
        : connection.contains("close");
  }

  private static MockResponse.Builder response(ServerResponse content, Call call, Instant now) {
    int status = content.status() == NO_RESPONSE ? 500 : content.status();
    MockResponse.Builder response =
        new MockResponse.Builder()
            .status("HTTP/1.1 " + status + " " + Reasons.of(status))
            .setHeader("Content-Type", "application/json")
            .setHeader("Date", RFC_1123_DATE_TIME.format(now.atOffset(UTC)))
            .body(content.body());
    content.headers().forEach(response::setHeader);
    if (call.method().equals("HEAD")) {
      int length = content.body().getBytes(StandardCharsets.UTF_8).length;
      response.body("").setHeader("Content-Length", length);
    }
    return response;
  }

  private Call callOf(RecordedRequest request) {
    String target = request.getTarget();
    int mark = target.indexOf('?');
    Headers sent = request.getHeaders();
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      headers.put(sent.name(i).toLowerCase(Locale.ROOT), sent.value(i));
    }
    ByteString body = request.getBody() == null ? ByteString.EMPTY : request.getBody();
    String text = body.utf8();
    return new Call(
        request.getMethod(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        headers,
        text,
        ByteString.encodeUtf8(text).equals(body),
        scheme + "://" + headers.getOrDefault("host", authority()));
  }
}
