package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.diagnosis.DiagnosisStep;
import io.nnnco.nhub.diagnosis.Finding;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.diagnosis.FindingStatus;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the probes have gathered so far; each adds to it what later ones need. */
final class Evidence {
  private static final int LONGEST = 1_000;

  private final Case subject;
  private final Background background;
  private final Deadline deadline;
  private final List<Finding> findings = new ArrayList<>();
  private final ApiVisit api;
  private ForeignText redaction;
  private @Nullable Credentials credentials;
  private List<InetAddress> addresses = List.of();
  private @Nullable Dial dial;
  private boolean subscribed;
  private @Nullable InboundMessage message;

  Evidence(Case subject, Background background) {
    this.subject = subject;
    this.background = background;
    this.deadline = Deadline.after(subject.options().timeout());
    this.redaction = redaction(subject.proxy(), null);
    this.api = new ApiVisit(subject, background, subject.options().timeout());
  }

  private static ForeignText redaction(
      @Nullable ProxyServer proxy, @Nullable Credentials credentials) {
    return ForeignText.without(
        proxy == null ? null : proxy.password(),
        credentials instanceof UsernamePassword user ? user.password() : null);
  }

  Case subject() {
    return subject;
  }

  Background background() {
    return background;
  }

  /** What is left of the time for all steps, but no more than that. */
  Duration left(Duration atMost) {
    return deadline.left(atMost);
  }

  Duration left() {
    return deadline.left();
  }

  List<Finding> findings() {
    return findings;
  }

  ApiVisit api() {
    return api;
  }

  @Nullable Credentials credentials() {
    return credentials;
  }

  /** The client certificate; empty with a user name, or without credentials. */
  Optional<ClientIdentity> identity() {
    return credentials instanceof ClientIdentity identity
        ? Optional.of(identity)
        : Optional.empty();
  }

  void credentials(Credentials found) {
    credentials = found;
    redaction = redaction(subject.proxy(), found);
  }

  /** Those that accept connections. */
  List<InetAddress> addresses() {
    return addresses;
  }

  void addresses(List<InetAddress> found) {
    addresses = List.copyOf(found);
  }

  /** The attempt to connect; null if there was none. */
  @Nullable Dial dial() {
    return dial;
  }

  void dial(Dial made) {
    dial = made;
  }

  boolean subscribed() {
    return subscribed;
  }

  void setSubscribed() {
    subscribed = true;
  }

  /** The first message that came; null if none has yet. */
  @Nullable InboundMessage message() {
    return message;
  }

  void received(InboundMessage came) {
    if (message == null) {
      message = came;
    }
  }

  boolean hasFault(DiagnosisStep... steps) {
    List<DiagnosisStep> among = List.of(steps);
    return findings.stream()
        .anyMatch(
            finding -> finding.status() == FindingStatus.FAULT && among.contains(finding.step()));
  }

  void ok(FindingCode code, String evidence) {
    add(code, FindingStatus.OK, evidence, "", "");
  }

  void skipped(FindingCode code, String why) {
    add(code, FindingStatus.SKIPPED, why, "", "");
  }

  void warning(Explanation explanation, String evidence) {
    add(
        explanation.code(),
        FindingStatus.WARNING,
        evidence,
        explanation.cause(),
        explanation.fix());
  }

  void fault(Explanation explanation, String evidence) {
    add(explanation.code(), FindingStatus.FAULT, evidence, explanation.cause(), explanation.fix());
  }

  private void add(
      FindingCode code, FindingStatus status, String evidence, String cause, String fix) {
    findings.add(new Finding(code.step(), code, status, safe(evidence), safe(cause), safe(fix)));
  }

  private String safe(String text) {
    return redaction.name(text, LONGEST);
  }
}
