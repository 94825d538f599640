package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.WorkerPool;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all subscriptions of a client share.
 *
 * @param nhub where the bridge is
 * @param proxy the proxy on the way; null if there is none
 * @param transports makes connections
 * @param control the thread of timers and decisions
 * @param workers the threads of user code
 * @param writers the threads that send
 * @param interceptors create what surrounds the handlers of each subscription
 * @param time the source of time
 * @param random even between 0 and 1
 */
public record ClientResources(
    NHubEnvironment nhub,
    @Nullable ProxyServer proxy,
    Transport.Factory transports,
    ScheduledExecutorService control,
    Workers workers,
    WorkerPool writers,
    List<HandlerInterceptor.Factory> interceptors,
    Time time,
    DoubleSupplier random) {
  /** Ends the threads. */
  public void close() {
    control.shutdown();
    workers.close();
    writers.close();
  }
}
