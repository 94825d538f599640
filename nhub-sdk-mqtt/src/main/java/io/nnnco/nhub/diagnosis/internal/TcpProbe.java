package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.diagnosis.DiagnosisStep;
import io.nnnco.nhub.diagnosis.FindingCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which of the addresses accept a connection; all at once, so that none uses up the time. */
final class TcpProbe implements Probe {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final Explanation REFUSED =
      Explanation.of(
          FindingCode.TCP_REFUSED,
          "The machine is there, but nothing listens at this port, or a firewall rejects it.");
  private static final Explanation TIMEOUT =
      new Explanation(
          FindingCode.TCP_TIMEOUT,
          "Packets to the bridge vanish: most often a firewall on the way drops them.",
          "Have outgoing connections to this host and TCP port allowed, or use the network's proxy"
              + " if it has one.");
  private static final Explanation UNREACHABLE =
      new Explanation(
          FindingCode.TCP_UNREACHABLE,
          "This machine has no route to the address.",
          "Check this machine's network, its VPN and its routes; for an address of IPv6, whether"
              + " this network has IPv6.");
  private static final Explanation PROXY_REFUSED =
      Explanation.of(
          FindingCode.TCP_PROXY_REFUSED, "Nothing listens at the proxy's host and port.");
  private static final Explanation PROXY_TIMEOUT =
      Explanation.of(
          FindingCode.TCP_PROXY_TIMEOUT,
          "The proxy is down, or a firewall between this machine and the proxy drops packets.");
  private static final Explanation SOME_DEAD =
      new Explanation(
          FindingCode.TCP_SOME_DEAD,
          "The name has several addresses, and packets to some of them vanish. The SDK tries them in"
              + " turn, and loses 5 seconds with each dead one.",
          "Have the firewall allow all addresses; if they are allowed, tell N-Hub's support which"
              + " one is dead.");

  /** An attempt at one address; {@code error} is null if it was accepted. */
  private record Attempt(InetAddress address, @Nullable IOException error) {
    boolean timedOut() {
      return error instanceof SocketTimeoutException;
    }

    @Override
    public String toString() {
      String how =
          error == null
              ? "accepts connections"
              : timedOut() ? "no response" : String.valueOf(error.getMessage());
      return address.getHostAddress() + ": " + how;
    }
  }

  @Override
  public void examine(Evidence evidence) {
    if (evidence.hasFault(DiagnosisStep.DNS)) {
      evidence.skipped(FindingCode.TCP_SKIPPED, "there is no address");
      return;
    }
    List<Attempt> attempts = attempts(evidence);
    List<InetAddress> open =
        attempts.stream().filter(attempt -> attempt.error() == null).map(Attempt::address).toList();
    evidence.addresses(open);
    String seen =
        "port "
            + evidence.subject().firstPort()
            + ", "
            + attempts.stream().map(Attempt::toString).collect(Collectors.joining(", "));
    if (open.isEmpty()) {
      evidence.fault(explain(attempts, evidence.subject().proxy() != null), seen);
    } else if (attempts.stream().anyMatch(Attempt::timedOut)) {
      evidence.warning(SOME_DEAD, seen);
    } else {
      evidence.ok(FindingCode.TCP_OK, seen);
    }
  }

  private static List<Attempt> attempts(Evidence evidence) {
    Duration limit = evidence.left(LIMIT);
    int port = evidence.subject().firstPort();
    boolean proxy = evidence.subject().proxy() != null;
    List<Future<Attempt>> running = new ArrayList<>();
    for (InetAddress address : evidence.addresses()) {
      running.add(evidence.background().start(() -> attempt(address, port, proxy, limit)));
    }
    List<Attempt> attempts = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      InetAddress address = evidence.addresses().get(i);
      try {
        attempts.add(Background.await(running.get(i), limit.plus(GRACE)));
      } catch (ExecutionException | TimeoutException e) {
        attempts.add(new Attempt(address, new SocketTimeoutException()));
      }
    }
    return attempts;
  }

  /** As the SDK does: with a proxy of its own, the JDK's does not count. */
  private static Attempt attempt(InetAddress address, int port, boolean proxy, Duration limit) {
    try (Socket socket = proxy ? new Socket(Proxy.NO_PROXY) : new Socket()) {
      socket.connect(new InetSocketAddress(address, port), (int) Math.max(1, limit.toMillis()));
      return new Attempt(address, null);
    } catch (IOException e) {
      return new Attempt(address, e);
    }
  }

  private static Explanation explain(List<Attempt> attempts, boolean proxy) {
    if (attempts.stream().anyMatch(Attempt::timedOut)) {
      return proxy ? PROXY_TIMEOUT : TIMEOUT;
    }
    if (proxy) {
      return PROXY_REFUSED;
    }
    boolean refused =
        attempts.stream()
            .anyMatch(
                attempt ->
                    attempt.error() instanceof ConnectException e
                        && String.valueOf(e.getMessage()).contains("refused"));
    return refused ? REFUSED : UNREACHABLE;
  }
}
