package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.management.CallPhase;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;

/**
 * How far a call got. Once a byte of the request may have been sent, it stays at {@code EXCHANGE}:
 * from there on, the request may have taken effect.
 */
final class Progress extends ForwardedEvents {
  private CallPhase phase = CallPhase.DNS;

  /**
   * Listens to the calls whose request has a progress as its tag, and forwards the events to the
   * user's listener.
   */
  static EventListener.Factory beside(EventListener.Factory users) {
    return call -> {
      EventListener listener = users.create(call);
      Progress progress = call.request().tag(Progress.class);
      if (progress == null) {
        return listener;
      }
      progress.forwardTo(listener);
      return progress;
    };
  }

  synchronized CallPhase phase() {
    return phase;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    reach(CallPhase.TCP);
    super.connectStart(call, address, proxy);
  }

  @Override
  public void secureConnectStart(Call call) {
    reach(CallPhase.TLS);
    super.secureConnectStart(call);
  }

  @Override
  public void requestHeadersStart(Call call) {
    reach(CallPhase.EXCHANGE);
    super.requestHeadersStart(call);
  }

  /** Atomically: OkHttp tries several addresses of a host at the same time. */
  private synchronized void reach(CallPhase next) {
    if (phase != CallPhase.EXCHANGE) {
      phase = next;
    }
  }
}
