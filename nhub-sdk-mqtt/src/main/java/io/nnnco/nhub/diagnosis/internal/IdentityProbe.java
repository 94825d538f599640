package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.diagnosis.DiagnosisStep;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import java.time.Duration;
import java.time.Instant;

/**
 * The client certificate as it is on this machine. That the key matches and the chain is complete
 * is known, or it would not be an identity; what is left are the dates.
 */
final class IdentityProbe implements Probe {
  private static final Duration SOON = Duration.ofDays(30);

  private static final Explanation EXPIRED =
      new Explanation(
          FindingCode.CERTIFICATE_EXPIRED,
          "The client certificate was not renewed in time, or this machine's clock is ahead. The SDK"
              + " does not connect with it.",
          "Issue a new certificate (nhub certs issue) and give it to the client; if the date is"
              + " unexpected, check this machine's clock.");
  private static final Explanation NOT_YET_VALID =
      Explanation.of(
          FindingCode.CERTIFICATE_NOT_YET_VALID,
          "This machine's clock is behind, or the certificate was issued for later.");
  private static final Explanation CA_EXPIRED =
      new Explanation(
          FindingCode.CERTIFICATE_CA_EXPIRED,
          "The CA certificate in ca.crt is out of date, or this machine's clock is wrong.",
          "Get the current CA certificate: the ca_certificate_pem of a new certificate response.");
  private static final Explanation EXPIRES_SOON =
      new Explanation(
          FindingCode.CERTIFICATE_EXPIRES_SOON,
          "The client certificate expires within 30 days; after that the bridge refuses it.",
          "Issue a new one now, replace it without a restart, and revoke the old one"
              + " (docs/authenticate.md).");

  @Override
  public void examine(Evidence evidence) {
    Credentials credentials = evidence.credentials();
    if (credentials == null) {
      if (!evidence.hasFault(DiagnosisStep.CERTIFICATE)) {
        evidence.skipped(FindingCode.CERTIFICATE_SKIPPED, "no credentials");
      }
      return;
    }
    Instant now = evidence.subject().clock().instant();
    try {
      credentials.checkValidAt(now);
    } catch (NHubException e) {
      evidence.fault(explain(e, credentials, now), Problems.of(e));
      return;
    }
    if (credentials instanceof ClientIdentity identity) {
      inDate(evidence, identity, now);
    } else {
      evidence.skipped(FindingCode.CERTIFICATE_SKIPPED, "user name and token instead");
    }
  }

  private static Explanation explain(NHubException error, Credentials credentials, Instant now) {
    boolean ofClient =
        credentials instanceof ClientIdentity identity
            && (now.isAfter(identity.expiresAt()) || now.isBefore(identity.notBefore()));
    if (!ofClient) {
      return CA_EXPIRED;
    }
    return error.code() == CoreErrorCode.IDENTITY_EXPIRED ? EXPIRED : NOT_YET_VALID;
  }

  private static void inDate(Evidence evidence, ClientIdentity identity, Instant now) {
    String text =
        CertificateText.of(identity.certificate())
            + ", fingerprint "
            + identity.fingerprint()
            + "; the key matches, trusted CA "
            + CertificateText.names(identity.trustAnchors());
    if (now.plus(SOON).isAfter(identity.expiresAt())) {
      long days = Duration.between(now, identity.expiresAt()).toDays();
      evidence.warning(EXPIRES_SOON, days + " days left: " + text);
    } else {
      evidence.ok(FindingCode.CERTIFICATE_OK, text);
    }
  }
}
