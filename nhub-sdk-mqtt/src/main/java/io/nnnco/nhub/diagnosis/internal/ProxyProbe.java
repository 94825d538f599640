package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;

/** Whether the proxy opened a tunnel. */
final class ProxyProbe implements Probe {
  @Override
  public void examine(Evidence evidence) {
    ProxyServer proxy = evidence.subject().proxy();
    Dial dial = evidence.dial();
    if (proxy == null) {
      evidence.skipped(FindingCode.PROXY_SKIPPED, "no proxy");
    } else if (dial == null || dial.phase().compareTo(ConnectionPhase.PROXY) < 0) {
      evidence.skipped(FindingCode.PROXY_SKIPPED, "not reached");
    } else if (dial.phase().compareTo(ConnectionPhase.PROXY) > 0) {
      evidence.ok(FindingCode.PROXY_OK, proxy.host() + ":" + proxy.port() + " opened a tunnel");
    } else {
      judge(evidence, dial, proxy);
    }
  }

  private static void judge(Evidence evidence, Dial dial, ProxyServer proxy) {
    StreamException failure = dial.failure();
    if (failure == null) {
      evidence.fault(
          new Explanation(
              FindingCode.PROXY_TIMEOUT,
              "The proxy accepts the connection and says nothing: it may be overloaded, of another"
                  + " kind, or itself stuck on the way to the bridge.",
              "Check the proxy's kind, HTTP or SOCKS 5, and its log; then whether it can reach the"
                  + " bridge."),
          "No response from "
              + proxy.host()
              + ":"
              + proxy.port()
              + " to the request for a tunnel.");
    } else {
      evidence.fault(explain(failure.code()), Problems.of(failure));
    }
  }

  private static Explanation explain(ErrorCode error) {
    if (error == StreamErrorCode.PROXY_AUTHENTICATION) {
      return Explanation.of(
          FindingCode.PROXY_LOGIN, "The proxy lets in only who logs in, and did not let us in.");
    } else if (error == StreamErrorCode.PROXY_REFUSED) {
      return Explanation.of(
          FindingCode.PROXY_REFUSED, "The proxy's rules do not allow a tunnel to the bridge.");
    } else if (error == StreamErrorCode.PROXY_TUNNEL) {
      return Explanation.of(
          FindingCode.PROXY_TUNNEL,
          "The proxy works, but cannot reach the bridge from where it is.");
    }
    return Explanation.of(
        FindingCode.PROXY_PROTOCOL,
        "Host and port are not those of a proxy of this kind, or it hangs up on every request.");
  }
}
