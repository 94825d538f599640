package io.nnnco.nhub.testkit.internal.control.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nnnco.nhub.core.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server of the control API: the JDK's own, with daemon threads. */
public final class ControlServer implements AutoCloseable {
  /** Without it, each response on a connection that is kept takes 40 ms; read when it starts. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private static final int THREADS = 64;
  private static final int WAITING_REQUESTS = 1_000;
  private static final long IDLE_SECONDS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServer server;
  private final Deadlines deadlines;
  private final ControlAddress address;
  private final String base;

  private ControlServer(
      HttpServer server, Deadlines deadlines, ControlAddress address, String base) {
    this.server = server;
    this.deadlines = deadlines;
    this.address = address;
    this.base = base;
  }

  /**
   * Binds; serves nothing yet.
   *
   * @param address where
   * @param base the path of the API, with its version
   * @throws IOException if the port is taken
   */
  public static ControlServer listen(ControlAddress address, String base) throws IOException {
    return listen(address, base, PATIENCE);
  }

  /** With how long a client may take for its request, and for the response. */
  static ControlServer listen(ControlAddress address, String base, Duration patience)
      throws IOException {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    HttpServer server = HttpServer.create(new InetSocketAddress(address.bind(), address.port()), 0);
    Deadlines deadlines = new Deadlines(threads(), patience);
    server.setExecutor(deadlines);
    return new ControlServer(server, deadlines, address, base);
  }

  private static ThreadPoolExecutor threads() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_REQUESTS),
            task -> {
              Thread thread = new Thread(task, "fake-nhub-control-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** The address of the API, without a slash at its end. */
  public URI address() {
    return URI.create("http://" + address.host() + ":" + server.getAddress().getPort() + base);
  }

  /**
   * Starts to serve.
   *
   * @param token who has it may use the routes
   * @param routes the operations
   * @param files what anybody gets, by path
   */
  public void serve(Secret token, List<Route> routes, Map<String, StaticFile> files) {
    Guard guard = new Guard(token, address, server.getAddress().getPort());
    Exchanges exchanges = new Exchanges(guard, new Router(base, routes), files, deadlines);
    server.createContext("/", (HttpExchange exchange) -> exchanges.handle(exchange));
    server.start();
  }

  /** Ends every connection and frees the port. */
  @Override
  public void close() {
    server.stop(0);
    deadlines.close();
  }
}
