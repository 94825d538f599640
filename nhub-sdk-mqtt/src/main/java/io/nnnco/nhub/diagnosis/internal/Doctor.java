package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.diagnosis.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Goes the way that a connection goes, and says what it saw. It has a client id of its own, starts
 * clean, keeps no session, subscribes with QoS 0 and outside of shared groups, and changes nothing:
 * a running subscriber does not notice.
 */
public final class Doctor {
  /** In the order of what they need from one another; findings are put in that of the steps. */
  private static final List<Probe> PROBES =
      List.of(
          new ConfigurationProbe(),
          new DnsProbe(),
          new TcpProbe(),
          new DialProbe(),
          new ProxyProbe(),
          new TlsProbe(),
          new ConnectProbe(),
          new SubscribeProbe(),
          new ClockProbe(),
          new IdentityProbe(),
          new PlatformProbe(),
          new TokenProbe(),
          new MessageProbe(),
          new SubscriptionsProbe());

  private Doctor() {}

  /** Blocks for as long as the options allow at most. */
  public static Diagnosis examine(Case subject) {
    Instant at = subject.clock().instant();
    long start = System.nanoTime();
    try (Background background = new Background()) {
      Evidence evidence = new Evidence(subject, background);
      try {
        PROBES.forEach(probe -> probe.examine(evidence));
      } finally {
        Dial dial = evidence.dial();
        if (dial != null) {
          dial.close();
        }
      }
      return new Diagnosis(
          at,
          Duration.ofNanos(System.nanoTime() - start),
          subject.bridge(),
          Filters.of(subject.options().subscription()),
          evidence.findings());
    }
  }
}
