package io.nnnco.nhub.management;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** An API of canned answers on loopback, and a client of it that lives in virtual time. */
final class MockApi implements AutoCloseable {
  static final Secret TOKEN = Secret.of("canned-token-0123456789");

  final MockWebServer server = new MockWebServer();
  final VirtualTime time = new VirtualTime();

  MockApi() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NHubEnvironment environment() {
    return NHubEnvironment.at(server.url("/api/v4/manage/").uri(), "localhost", 8883);
  }

  /** A builder whose waits are virtual, and whose jitter is always the longest wait. */
  ManagementBuilder builder() {
    return Management.builder(environment()).token(TOKEN).clock(time).timing(time, () -> 1.0);
  }

  /** One call of such a client. */
  static void list(ManagementBuilder builder) {
    try (Management management = builder.build()) {
      management.certificates().listPage(1);
    }
  }

  MockApi json(int status, String body) {
    return enqueue(answer(status, body));
  }

  MockApi enqueue(MockResponse.Builder answer) {
    server.enqueue(answer.build());
    return this;
  }

  static MockResponse.Builder answer(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json")
        .body(body);
  }

  RecordedRequest taken() {
    try {
      return server.takeRequest();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
