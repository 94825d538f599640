package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.internal.HostName;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.internal.transport.TlsConnector;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Which addresses the bridge's host name has; or the proxy's, which looks up the bridge's. */
final class DnsProbe implements Probe {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static final Explanation UNKNOWN_HOST =
      Explanation.of(
          FindingCode.DNS_UNKNOWN_HOST,
          "The environment's name is misspelt, or this machine's DNS does not know the host.");

  private static final Explanation UNKNOWN_PROXY =
      Explanation.of(
          FindingCode.DNS_UNKNOWN_PROXY,
          "The proxy's name is misspelt, or this machine's DNS does not know it.");

  private static final Explanation SILENT =
      new Explanation(
          FindingCode.DNS_TIMEOUT,
          "This machine's name server does not respond.",
          "Check this machine's DNS settings (/etc/resolv.conf) and that it may reach its name"
              + " server.");

  @Override
  public void examine(Evidence evidence) {
    String host = evidence.subject().firstHost();
    boolean proxy = evidence.subject().proxy() != null;
    try {
      List<InetAddress> addresses =
          evidence
              .background()
              .call(() -> Arrays.asList(TlsConnector.lookUp(host)), evidence.left(LIMIT));
      evidence.addresses(addresses);
      evidence.ok(
          FindingCode.DNS_OK,
          HostName.isAddress(host) ? host + " is an address" : host + ": " + text(addresses));
    } catch (ExecutionException e) {
      evidence.fault(proxy ? UNKNOWN_PROXY : UNKNOWN_HOST, "No address for " + host + ".");
    } catch (TimeoutException e) {
      evidence.fault(SILENT, "No response about " + host + " in time.");
    }
  }

  private static String text(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }
}
