package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.CertificateStatus;
import io.nnnco.nhub.management.MqttCertificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client certificate as the platform lists it. */
final class PlatformProbe implements Probe {
  private static final int LIMIT = 10;
  private static final String ISSUE_ANEW =
      "Issue a new certificate (nhub certs issue) and give it to the client.";

  @Override
  public void examine(Evidence evidence) {
    Optional<ClientIdentity> identity = evidence.identity();
    Optional<ApiVisit.Listing> listing = evidence.api().listing(evidence.left());
    if (identity.isEmpty() || listing.isEmpty() || listing.get().error() != null) {
      return;
    }
    List<MqttCertificate> all = listing.get().certificates();
    String fingerprint = normal(identity.get().fingerprint());
    Optional<MqttCertificate> own =
        all.stream().filter(each -> normal(each.fingerprint()).equals(fingerprint)).findFirst();
    if (own.isPresent()) {
      judge(evidence, own.get(), all);
    } else if (all.isEmpty() || all.stream().anyMatch(each -> each.fingerprint() != null)) {
      unknown(evidence, all.size());
    }
  }

  /** However the platform writes it: in capitals, with colons. */
  private static String normal(@Nullable String fingerprint) {
    return fingerprint == null ? "" : fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
  }

  private static void judge(Evidence evidence, MqttCertificate own, List<MqttCertificate> all) {
    String wanted = evidence.subject().options().apiKeyId();
    String key = own.apiKeyId();
    if (own.status() == CertificateStatus.REVOKED) {
      evidence.fault(
          new Explanation(
              FindingCode.CERTIFICATE_REVOKED,
              "Somebody has revoked this certificate. A connection that was up stays up, but no new"
                  + " one is accepted.",
              ISSUE_ANEW + " A revoked one never works again."),
          "the platform lists " + text(own));
    } else if (own.status() == CertificateStatus.EXPIRED) {
      evidence.fault(
          new Explanation(
              FindingCode.CERTIFICATE_EXPIRED_AT_PLATFORM,
              "The platform has ended this certificate's validity.",
              ISSUE_ANEW),
          "the platform lists " + text(own));
    } else if (wanted != null && key != null && !key.equalsIgnoreCase(wanted)) {
      evidence.fault(
          new Explanation(
              FindingCode.CERTIFICATE_OTHER_KEY,
              "The files hold the certificate of another API key, which may belong to another"
                  + " enterprise.",
              "Use the certificate of API key " + wanted + ", or issue one for it."),
          "the platform lists " + text(own));
    } else {
      count(evidence, own, all);
    }
  }

  private static void count(Evidence evidence, MqttCertificate own, List<MqttCertificate> all) {
    String key = own.apiKeyId();
    long active =
        all.stream()
            .filter(each -> each.status().mayBeActive())
            .filter(each -> key != null && key.equals(each.apiKeyId()))
            .count();
    String seen =
        "the platform lists "
            + text(own)
            + (key == null ? "" : "; " + active + " of " + LIMIT + " certificates of this key");
    if (active >= LIMIT) {
      evidence.warning(
          new Explanation(
              FindingCode.CERTIFICATE_LIMIT_REACHED,
              "The API key has all of its "
                  + LIMIT
                  + " certificates, so the next renewal will fail.",
              "Revoke those that nobody uses (nhub certs list, nhub certs revoke ID)."),
          seen);
    } else {
      evidence.ok(FindingCode.CERTIFICATE_OK, seen);
    }
  }

  private static void unknown(Evidence evidence, int listed) {
    Explanation explanation =
        new Explanation(
            FindingCode.CERTIFICATE_UNKNOWN,
            "The certificate was issued by another environment, or the token belongs to another"
                + " enterprise and cannot see it.",
            "Check that certificate, token and environment belong together; if they do, issue a new"
                + " certificate.");
    String seen = "not among the " + listed + " certificates that the platform lists";
    Dial dial = evidence.dial();
    if (dial != null && dial.connack() != null) {
      evidence.warning(explanation, seen + ", though the bridge accepts it");
    } else {
      evidence.fault(explanation, seen);
    }
  }

  private static String text(MqttCertificate certificate) {
    return "it as "
        + certificate.status().name().toLowerCase(Locale.ROOT)
        + " (id "
        + ForeignText.shown(certificate.id(), 60)
        + ", name "
        + ForeignText.shown(certificate.name(), 60)
        + ", API key "
        + ForeignText.shown(certificate.apiKeyId(), 60)
        + ")";
  }
}
