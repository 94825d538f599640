package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes down what a transport tells, in order, and lets a test wait for it. */
final class RecordingListener implements TransportListener {
  private final List<String> heard = new ArrayList<>();
  private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final CompletableFuture<@Nullable NHubException> closed = new CompletableFuture<>();
  private final BlockingQueue<InboundMessage> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<String>> unsubscribed = new LinkedBlockingQueue<>();
  private volatile String terms = "";
  private final Map<String, Runnable> during = new ConcurrentHashMap<>();
  private volatile boolean farewell;
  private volatile Runnable onRead = () -> {};
  private volatile Runnable onPing = () -> {};
  private volatile Consumer<InboundMessage> onMessage = message -> {};

  /**
   * What to do on the transport's thread while it reports this, before that is written down.
   *
   * @param what terms, connected or subscribed; or closed, after that is written down
   */
  void during(String what, Runnable action) {
    during.put(what, action);
  }

  /** What to do on the transport's thread whenever bytes came. */
  void onRead(Runnable action) {
    onRead = action;
  }

  /** What to do before each PINGREQ. */
  void onPing(Runnable action) {
    onPing = action;
  }

  @Override
  public void onRead() {
    onRead.run();
  }

  @Override
  public void onPing() {
    onPing.run();
  }

  /** What to do on the transport's thread with each message, before it is written down. */
  void onMessage(Consumer<InboundMessage> action) {
    onMessage = action;
  }

  @Override
  public void onSessionTerms(Duration sessionExpiry, String clientId) {
    during("terms");
    terms = sessionExpiry + " as " + clientId;
  }

  /** The terms of the session, such as {@code PT5M as suite1x}. */
  String terms() {
    return terms;
  }

  @Override
  public void onFallback(MqttVersion version) {
    note("fallback to " + version);
  }

  @Override
  public void onConnected(boolean sessionPresent) {
    during("connected");
    note("connected");
    connected.complete(sessionPresent);
  }

  @Override
  public void onSubscribed() {
    during("subscribed");
    note("subscribed");
    subscribed.complete(null);
  }

  @Override
  public void onUnsubscribed(List<String> topicFilters) {
    unsubscribed.add(topicFilters);
  }

  @Override
  public void onMessage(InboundMessage message) {
    note("message");
    onMessage.accept(message);
    messages.add(message);
  }

  @Override
  public void onFarewell() {
    farewell = true;
  }

  /** Whether the server has closed because of the DISCONNECT. */
  boolean heardFarewell() {
    return farewell;
  }

  @Override
  public void onClosed(@Nullable NHubException failure) {
    note("closed");
    closed.complete(failure);
    AssertionError gone = new AssertionError("Closed: " + failure, failure);
    connected.completeExceptionally(gone);
    subscribed.completeExceptionally(gone);
    during("closed");
  }

  private void during(String what) {
    during.getOrDefault(what, () -> {}).run();
  }

  private synchronized void note(String what) {
    heard.add(what);
  }

  /** Everything but messages, in order. */
  synchronized List<String> heard() {
    return heard.stream().filter(what -> !what.equals("message")).toList();
  }

  synchronized List<String> heardWithMessages() {
    return List.copyOf(heard);
  }

  boolean awaitConnected() {
    return await(connected, "CONNACK");
  }

  void awaitSubscribed() {
    Void unused = await(subscribed, "SUBACK");
  }

  /** The end, which must have this cause. */
  <E extends NHubException> E awaitFailure(Class<E> type) {
    return assertInstanceOf(type, await(closed, "end"));
  }

  <E extends NHubException> E awaitFailure(Class<E> type, ErrorCode code) {
    return Coded.assertInstanceOf(type, code, await(closed, "end"));
  }

  <E extends StreamException> E awaitFailure(Class<E> type, ErrorCode code, ConnectionPhase phase) {
    E failure = awaitFailure(type, code);
    assertEquals(phase, failure.phase());
    return failure;
  }

  <E extends StreamException> E awaitFailure(Class<E> type, ConnectionPhase phase) {
    E failure = awaitFailure(type);
    assertEquals(phase, failure.phase());
    return failure;
  }

  /** The end, which must have been asked for. */
  void awaitClosed() {
    assertEquals(null, await(closed, "end"));
  }

  boolean isClosed() {
    return closed.isDone();
  }

  InboundMessage takeMessage() {
    return take(messages, "message");
  }

  List<String> takeUnsubscribed() {
    return take(unsubscribed, "UNSUBACK");
  }

  private <T> T take(BlockingQueue<T> queue, String what) {
    try {
      T taken = queue.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (taken == null) {
        throw new AssertionError("No " + what + " within " + SOON + "; heard " + heard());
      }
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  List<InboundMessage> takeMessages(int count) {
    List<InboundMessage> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(takeMessage());
    }
    return taken;
  }

  int waiting() {
    return messages.size();
  }

  private static <T extends @Nullable Object> T await(CompletableFuture<T> future, String what) {
    try {
      return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("No " + what + " within " + SOON + "; threads:" + threads(), e);
    } catch (ExecutionException e) {
      throw new AssertionError("No " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Where a connection stands that does not end. */
  private static String threads() {
    return ThreadDump.of(name -> name.startsWith("nhub-") || name.equals("raw-broker"));
  }
}
