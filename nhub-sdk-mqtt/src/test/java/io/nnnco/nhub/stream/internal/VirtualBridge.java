package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.WorkerPool;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.stream.internal.transport.Uplinks;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The far end of whole subscriptions without a wire: a test says what the bridge does. */
public final class VirtualBridge {
  /** In date until 2119; its key is thrown away. */
  private static final String CA =
      """
      -----BEGIN CERTIFICATE-----
      MIIBVDCB/KADAgECAghBN3U6ZA036zAKBggqhkjOPQQDAjAWMRQwEgYDVQQDEwtO
      b2JvZHkncyBDQTAgFw0yMDAxMDEwMDAwMDBaGA8yMTE5MTIwODAwMDAwMFowFjEU
      MBIGA1UEAxMLTm9ib2R5J3MgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATs
      KUSNsxXj252iV8Bz30kYPwyfoUSKJG/6IY36TAPkb1lKhybRXabpg/6VJGXVg7Tn
      uB21vD3KzJ/wIfHWMulsozIwMDAdBgNVHQ4EFgQU+pLB9y3y66Nkp/5is/ncBuML
      JJYwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAs4HoUwob8G7iT
      tw9bh6B1wqvyUcoIU1EOv8wY6naj/wIgaFDDzj20RUxBln3r3tpmj+jYXartG6Of
      064u2Put6EE=
      -----END CERTIFICATE-----
      """;

  public static final Credentials CREDENTIALS =
      UsernamePassword.of("svc-test", Secret.of("token"), CA);

  private final ClientResources resources;
  private final RecordingTransport transport = new RecordingTransport();
  private volatile @Nullable TransportListener listener;

  /** All of it on the test's own thread. */
  public VirtualBridge(VirtualTime time) {
    this(time, List.of());
  }

  /** All of it on the test's own thread, with interceptors. */
  VirtualBridge(VirtualTime time, List<HandlerInterceptor.Factory> interceptors) {
    this.resources =
        resources(this::connect, time, Workers.on(time, time), interceptors, time.time());
  }

  public VirtualBridge(ScheduledExecutorService control, Workers workers, Time time) {
    this.resources = resources(this::connect, control, workers, List.of(), time);
  }

  /** For a test that wants each connection to itself; all on its own thread. */
  static ClientResources resources(Transport.Factory transports, VirtualTime time) {
    return resources(transports, time, Workers.on(time, time), List.of(), time.time());
  }

  private static ClientResources resources(
      Transport.Factory transports,
      ScheduledExecutorService control,
      Workers workers,
      List<HandlerInterceptor.Factory> interceptors,
      Time time) {
    return new ClientResources(
        NHubEnvironment.of("dev-au-03"),
        null,
        transports,
        control,
        workers,
        WorkerPool.ofWriters(),
        interceptors,
        time,
        () -> 0.5);
  }

  private Transport connect(ConnectRequest request, TransportListener hearing) {
    listener = hearing;
    transport.onDisconnect(
        () -> {
          hearing.onFarewell();
          hearing.onClosed(null);
        });
    return transport;
  }

  public RealSubscription open(SubscribeOptions options, AsyncMessageHandler handler) {
    return begin(resources, new SubscriptionSpec(options, CREDENTIALS, handler, "virtual"));
  }

  /** A subscription that writes its log there. */
  RealSubscription open(SubscriptionSpec spec, Logger log) {
    return begun(RealSubscription.of(resources, spec, log));
  }

  static RealSubscription begin(ClientResources resources, SubscriptionSpec spec) {
    return begun(RealSubscription.of(resources, spec));
  }

  private static RealSubscription begun(RealSubscription subscription) {
    subscription.begin();
    return subscription;
  }

  ClientResources resources() {
    return resources;
  }

  public RecordingTransport transport() {
    return transport;
  }

  /** Whoever connected last; where the control thread is a real one, that takes a moment. */
  private TransportListener listener() {
    Eventually.isTrue(
        "somebody has connected", () -> listener != null && transport.calls().contains("open"));
    return Objects.requireNonNull(listener);
  }

  /** Accepts the connection and the subscriptions. */
  public void accept() {
    connack();
    suback();
  }

  /** Accepts the connection with the session that it had, and the subscriptions. */
  void resume() {
    listener().onConnected(true);
    suback();
  }

  /** Accepts the connection. */
  void connack() {
    listener().onConnected(false);
  }

  /** Accepts the subscriptions. */
  void suback() {
    listener().onSubscribed();
  }

  public void uplink(int packetId, String device, long timestamp) {
    listener().onMessage(Uplinks.of(packetId, device, timestamp));
    listener().onReadComplete();
  }

  /** Ends the connection, as the other side asked for. */
  void abort() {
    listener().onClosed(null);
  }

  /** Ends the connection. */
  public void fail(NHubException failure) {
    listener().onClosed(failure);
  }
}
