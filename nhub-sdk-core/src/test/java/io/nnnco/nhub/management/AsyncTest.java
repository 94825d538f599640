package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.management.internal.MonotonicTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The futures, and what closing does to calls under way. */
@Timeout(300)
final class AsyncTest extends ManagementFixture {
  /** Waits for ever, as a very long Retry-After would, until it is interrupted. */
  private static final class EndlessWait implements MonotonicTime {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
  }

  @Test
  void create_async_completesWithTheSameResult() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc\"}");

    assertEquals("7d0a", management.async().apiKeys().create("svc").join().id());
  }

  @Test
  void certificates_async_haveEachCall() {
    AsyncCertificates certificates = management.async().certificates();
    api.json(200, "[{\"id\": \"a\"}]");
    assertEquals(1, certificates.list().join().size());
    api.json(200, "[{\"id\": \"a\"}]");
    assertEquals(1, certificates.listPage(1).join().number());
    api.json(200, "[{\"id\": \"a\"}]");
    assertTrue(certificates.find("a").join().isPresent());
    api.json(200, "[{\"id\": \"a\"}]");
    assertEquals(1, certificates.active("k").join().size());
    api.json(200, "{}");
    assertNull(certificates.revoke("a").join());
    api.json(403, "{}").json(403, "{}");
    assertThrows(CompletionException.class, () -> certificates.issue("P", "k").join());
    assertThrows(
        CompletionException.class, () -> certificates.issue(CertificateSpec.of("P", "k")).join());
  }

  @Test
  void create_asyncRefused_failsWithTheSameError() {
    api.json(403, "{}");

    CompletionException e =
        assertThrows(
            CompletionException.class, () -> management.async().apiKeys().create("svc").join());

    Coded.assertInstanceOf(
        ManagementException.class, CoreErrorCode.API_PERMISSION_DENIED, e.getCause());
  }

  @Test
  void create_asyncMisuse_failsTheFuture() {
    CompletionException e =
        assertThrows(
            CompletionException.class, () -> management.async().apiKeys().create(" ").join());

    assertInstanceOf(IllegalArgumentException.class, e.getCause());
  }

  @Test
  void create_asyncWithoutExecutor_runsOnANamedDaemon() {
    List<Thread> threads = new ArrayList<>();
    use(
        api.builder()
            .tokenProvider(
                () -> {
                  threads.add(Thread.currentThread());
                  return MockApi.TOKEN;
                }));
    api.json(201, "{\"id\": \"7d0a\"}");

    management.async().apiKeys().create("svc").join();

    assertTrue(threads.get(0).isDaemon());
    assertTrue(threads.get(0).getName().startsWith("nhub-management-"));
  }

  @Test
  void create_asyncWithExecutor_runsThere() {
    List<Runnable> tasks = new ArrayList<>();
    use(api.builder().executor(tasks::add));
    api.json(201, "{\"id\": \"7d0a\"}");

    CompletableFuture<ApiKey> key = management.async().apiKeys().create("svc");
    assertEquals(1, tasks.size());
    tasks.get(0).run();

    assertEquals("7d0a", key.join().id());
  }

  @Test
  void cancel_waitingCall_isInterrupted() throws InterruptedException {
    EndlessWait time = new EndlessWait();
    use(api.builder().timing(time, () -> 1.0));
    api.json(429, "{}");
    CompletableFuture<ApiKey> key = management.async().apiKeys().create("svc");
    time.begun.await();

    assertTrue(key.cancel(true));

    time.interrupted.await();
    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void close_asyncCallWaiting_cancelsIt() throws InterruptedException {
    EndlessWait time = new EndlessWait();
    use(api.builder().timing(time, () -> 1.0));
    api.json(429, "{}");
    CompletableFuture<ApiKey> key = management.async().apiKeys().create("svc");
    time.begun.await();

    management.close();

    time.interrupted.await();
    assertTrue(key.isCancelled());
  }

  @Test
  void close_callUnderWay_endsItAsCancelled() throws InterruptedException {
    api.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    List<Throwable> errors = new ArrayList<>();
    Thread caller =
        new Thread(
            () ->
                errors.add(
                    Coded.assertThrows(
                        ManagementException.class,
                        CoreErrorCode.API_CANCELLED,
                        () -> management.apiKeys().create("svc"))));
    caller.start();
    api.server.takeRequest(60, TimeUnit.SECONDS);

    management.close();
    caller.join();

    assertTrue(((ManagementException) errors.get(0)).outcomeUnknown());
  }

  @Test
  void close_callBetweenAttempts_endsItAsCancelled() {
    MonotonicTime closing =
        new MonotonicTime() {
          @Override
          public long nanos() {
            return 0;
          }

          @Override
          public void pause(Duration length) {
            management.close();
          }
        };
    use(api.builder().timing(closing, () -> 1.0));
    api.json(429, "{}");

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_CANCELLED,
            () -> management.apiKeys().create("svc"));

    assertInstanceOf(RateLimitedException.class, e.getSuppressed()[0]);
  }

  @Test
  void close_twice_isOnce() {
    management.close();
    management.close();

    assertThrows(IllegalStateException.class, () -> management.certificates().listPage(1));
    CompletionException e =
        assertThrows(
            CompletionException.class, () -> management.async().certificates().list().join());
    assertInstanceOf(IllegalStateException.class, e.getCause());
  }
}
