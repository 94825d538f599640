package io.nnnco.nhub.testkit.internal.control.http;

import com.sun.net.httpserver.HttpExchange;
import io.nnnco.nhub.testkit.internal.control.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what the HTTP server has read to what it writes. */
final class Exchanges {
  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
  private static final int MAX_BODY = 1 << 20;

  private final Guard guard;
  private final Router router;
  private final Map<String, StaticFile> files;
  private final Deadlines deadlines;

  Exchanges(Guard guard, Router router, Map<String, StaticFile> files, Deadlines deadlines) {
    this.guard = guard;
    this.router = router;
    this.files = files;
    this.deadlines = deadlines;
  }

  /** Answers one request, whatever it is. */
  void handle(HttpExchange exchange) throws IOException {
    Reply reply = replyTo(exchange);
    if (reply.stream() == null) {
      deadlines.begin();
    }
    try {
      write(exchange, reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the fake ends
    } finally {
      if (reply.stream() != null) {
        reply.stream().ended();
      }
      exchange.close();
    }
  }

  private Reply replyTo(HttpExchange exchange) throws IOException {
    try {
      return answer(exchange);
    } catch (RuntimeException e) {
      Problem problem = Problem.of(e);
      if (problem.status() == 500) {
        LOG.warn("The control API of the fake failed.", e);
      }
      return problem.reply();
    }
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    guard.checkHost(header(exchange, "Host"));
    StaticFile file = files.get(path);
    if (file != null) {
      return file.reply(method, path, header(exchange, "If-None-Match"));
    }
    Router.Match match = router.open(method, path);
    if (match == null) {
      guard.checkToken(header(exchange, "Authorization"));
      match = router.find(method, path);
    }
    Route route = match.route();
    Request request =
        new Request(
            match.variables(),
            Router.query(route, exchange.getRequestURI().getRawQuery()),
            route.body() == null ? Map.of() : body(exchange),
            header(exchange, "Last-Event-ID"));
    deadlines.end();
    return route.handler().apply(request);
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static Map<String, @Nullable Object> body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw Problem.of(413, "A body may have " + MAX_BODY + " bytes at most.");
    }
    String type = header(exchange, "Content-Type");
    if (bytes.length == 0) {
      return Map.of();
    }
    if (type == null || !type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?")) {
      throw Problem.of(
          415,
          "The body must be JSON, with the header Content-Type: application/json"
              + (type == null ? "." : ", not " + type + "."));
    }
    try {
      return JsonReader.object(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The body is not UTF-8.", e);
    }
  }

  private static void write(HttpExchange exchange, Reply reply)
      throws IOException, InterruptedException {
    if (!reply.type().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", reply.type());
    }
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    Reply.Stream stream = reply.stream();
    if (stream != null) {
      exchange.sendResponseHeaders(reply.status(), 0);
      stream.writeTo(exchange.getResponseBody());
    } else if (reply.body().isEmpty()) {
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      writeText(exchange, reply);
    }
  }

  private static void writeText(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
