package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.stream.internal.transport.Uplinks;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Line 9 of the acceptance checklist at its full number: a thousand drops at the transport port, in
 * virtual time. What remains of them is counted object by object. With real connections, fewer:
 * {@code AcceptanceChecklistTest}.
 */
class ManyDropsTest {
  private static final int DROPS = 1_000;

  private final VirtualTime time = new VirtualTime();
  private final List<WeakReference<Transport>> transports = new ArrayList<>();
  private @Nullable TransportListener listener;
  private int handled;

  private Transport create(ConnectRequest request, TransportListener heard) {
    listener = heard;
    Transport transport = new RecordingTransport();
    transports.add(new WeakReference<>(transport));
    return transport;
  }

  @Test
  void aThousandDrops_leaveNothingBehind() {
    RealSubscription subscription =
        VirtualBridge.begin(
            VirtualBridge.resources(this::create, time),
            new SubscriptionSpec(
                SubscribeOptions.builder("nnn.acme").window(20).build(),
                VirtualBridge.CREDENTIALS,
                (message, delivery) -> {
                  handled++;
                  return CompletableFuture.completedFuture(null);
                },
                "client"));
    time.runDue();
    int tasks = 0;
    for (int drop = 1; drop <= DROPS; drop++) {
      up(drop);
      if (drop == 10) {
        tasks = time.waiting();
      }
      listener()
          .onClosed(
              new ConnectionException(
                  StreamErrorCode.CONNECTION_LOST, ConnectionPhase.STREAM, "Gone.", null));
      while (transports.size() == drop) {
        time.advance(Duration.ofSeconds(1));
      }
    }
    up(DROPS + 1);

    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    assertEquals(DROPS + 1, handled);
    assertEquals(DROPS, subscription.stats().reconnects());
    assertEquals(tasks, time.waiting(), "timers");
    Eventually.isTrue("the listener's thread, if any, is the only one", () -> ourThreads() <= 1);
    Eventually.isTrue(() -> kept() + " connections are still in memory", () -> kept() <= 2);
    subscription.beginClose(Duration.ZERO, false);
    time.advance(Duration.ofSeconds(10));
    assertEquals(SubscriptionState.CLOSED, subscription.state());
    assertEquals(0, time.waiting(), "timers after the end");
  }

  /** How many connections are not garbage yet. */
  private long kept() {
    System.gc();
    return transports.stream().filter(transport -> transport.get() != null).count();
  }

  private static long ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("nhub-events"))
        .count();
  }

  private TransportListener listener() {
    return Objects.requireNonNull(listener);
  }

  private void up(int number) {
    listener().onConnected(number > 1);
    listener().onSubscribed();
    listener().onMessage(Uplinks.of(number % 65_535 + 1, "a", number));
    listener().onReadComplete();
    time.runDue();
  }
}
