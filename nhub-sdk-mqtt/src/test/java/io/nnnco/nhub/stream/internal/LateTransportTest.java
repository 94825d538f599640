package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.stream.internal.transport.Uplinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A transport's threads may tell of its life when it is over, and another one has its place. */
class LateTransportTest {
  private final VirtualTime time = new VirtualTime();
  private final List<RecordingTransport> transports = new ArrayList<>();
  private final List<TransportListener> listeners = new ArrayList<>();
  private final List<String> handled = new ArrayList<>();
  private VirtualBridge bridge = new VirtualBridge(time);

  private Transport create(ConnectRequest request, TransportListener listener) {
    transports.add(new RecordingTransport());
    listeners.add(listener);
    return transports.get(transports.size() - 1);
  }

  /** It may wait for what another thread does with the connection. */
  @Test
  void settlementThatIsLost_isToldWithoutTheLocksOfItsConnection() {
    List<Boolean> free = new ArrayList<>();
    HandlerInterceptor waiting =
        new HandlerInterceptor() {
          @Override
          public Settlement settling(Delivery delivery) {
            return new Settlement() {
              @Override
              public void acknowledged() {}

              @Override
              public void lost() {
                CompletableFuture<Void> other = CompletableFuture.runAsync(bridge::suback);
                free.add(other.orTimeout(1, TimeUnit.SECONDS).handle((e, t) -> t == null).join());
              }
            };
          }
        };
    bridge = new VirtualBridge(time, List.of((options, client) -> waiting));
    CompletableFuture<Void> first = new CompletableFuture<>();
    bridge.open(
        SubscribeOptions.builder("nnn.acme").build(),
        (message, delivery) ->
            message.deviceId().equals("a") ? first : CompletableFuture.completedFuture(null));
    time.runDue();
    bridge.accept();
    bridge.uplink(1, "a", 1);
    bridge.uplink(2, "b", 2);
    time.runDue();
    bridge.abort();
    time.runDue();
    assertEquals(List.of(true), free);
  }

  private RealSubscription subscribe() {
    RealSubscription subscription =
        VirtualBridge.begin(
            VirtualBridge.resources(this::create, time),
            new SubscriptionSpec(
                SubscribeOptions.builder("nnn.acme").build(),
                VirtualBridge.CREDENTIALS,
                (message, delivery) -> {
                  handled.add(message.deviceId());
                  return CompletableFuture.completedFuture(null);
                },
                "client"));
    time.runDue();
    return subscription;
  }

  @Test
  void connected_afterTheEnd_doesNotTakeThePlaceOfTheNextConnection() {
    RealSubscription subscription = subscribe();
    listeners
        .get(0)
        .onClosed(
            new ConnectionException(
                StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT, "Gone.", null));
    time.advance(Duration.ofSeconds(1));
    listeners.get(1).onConnected(false);
    listeners.get(1).onSubscribed();

    listeners.get(0).onConnected(false);
    listeners.get(0).onSubscribed();
    listeners.get(1).onMessage(Uplinks.of(1, "a", 1));
    listeners.get(1).onReadComplete();
    time.runDue();

    assertEquals(List.of("a"), handled);
    assertEquals(List.of(1), transports.get(1).acknowledged());
    subscription.pause();
    assertFalse(transports.get(1).isReading());
  }
}
