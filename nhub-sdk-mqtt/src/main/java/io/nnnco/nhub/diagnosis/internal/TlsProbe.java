package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.diagnosis.DiagnosisStep;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.IoErrors;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** How the handshake ended; and if badly, what the server shows to anybody. */
final class TlsProbe implements Probe {
  @Override
  public void examine(Evidence evidence) {
    Dial dial = evidence.dial();
    if (evidence.hasFault(DiagnosisStep.DNS, DiagnosisStep.TCP, DiagnosisStep.PROXY)) {
      evidence.skipped(FindingCode.TLS_SKIPPED, "not reached");
    } else if (dial == null) {
      withoutCredentials(evidence);
    } else if (dial.phase().compareTo(ConnectionPhase.TLS) > 0) {
      evidence.ok(FindingCode.TLS_OK, describe(dial.session()));
    } else if (dial.phase().compareTo(ConnectionPhase.TLS) < 0) {
      lostOnTheWay(evidence, dial);
    } else {
      judge(evidence, dial);
    }
  }

  /** It accepted a connection a moment ago. */
  private static void lostOnTheWay(Evidence evidence, Dial dial) {
    StreamException failure = dial.failure();
    evidence.fault(
        TlsExplanations.UNSTEADY,
        failure == null
            ? "The time was up before an address responded; dead ones are tried first."
            : Problems.of(failure));
    evidence.skipped(FindingCode.TLS_SKIPPED, "not reached");
  }

  private static void judge(Evidence evidence, Dial dial) {
    StreamException failure = dial.failure();
    if (failure == null) {
      evidence.fault(
          TlsExplanations.SILENT,
          "No TLS handshake with " + evidence.subject().bridge() + " in time.");
    } else if (failure instanceof ClientCertificateRejectedException) {
      evidence.skipped(FindingCode.TLS_SKIPPED, "it ended at the client certificate, see connect");
    } else {
      ServerLook look = ServerLook.at(evidence);
      evidence.fault(TlsExplanations.of(failure, look), Problems.of(failure) + shown(look));
    }
  }

  private static void withoutCredentials(Evidence evidence) {
    ServerLook look = ServerLook.at(evidence);
    IOException error = look.error();
    if (!look.chain().isEmpty()) {
      evidence.skipped(
          FindingCode.TLS_NOT_VERIFIED,
          "not checked, as there is no CA to check it with." + shown(look));
    } else if (error == null) {
      evidence.fault(
          TlsExplanations.SILENT,
          "No TLS handshake with " + evidence.subject().bridge() + " in time.");
    } else {
      StreamException failure =
          IoErrors.of(
              ConnectionPhase.TLS,
              evidence.subject().nhub().mqttHost(),
              evidence.subject().nhub().mqttPort(),
              error);
      evidence.fault(TlsExplanations.of(failure, look), Problems.of(failure) + shown(look));
    }
  }

  private static String shown(ServerLook look) {
    if (!look.chain().isEmpty()) {
      return " The server shows "
          + look.chain().size()
          + ": "
          + CertificateText.of(look.chain().get(0));
    }
    return look.isPlainText() ? " It says: \"" + ForeignText.shown(look.greeting(), 40) + "\"" : "";
  }

  private static String describe(@Nullable SSLSession session) {
    if (session == null) {
      return "the handshake is through";
    }
    StringBuilder text = new StringBuilder(session.getProtocol() + ", " + session.getCipherSuite());
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate each : session.getPeerCertificates()) {
        if (each instanceof X509Certificate certificate) {
          chain.add(certificate);
        }
      }
      text.append("; ").append(CertificateText.of(chain.get(0)));
    } catch (SSLPeerUnverifiedException e) {
      text.append("; no certificate");
    }
    return text.toString();
  }
}
