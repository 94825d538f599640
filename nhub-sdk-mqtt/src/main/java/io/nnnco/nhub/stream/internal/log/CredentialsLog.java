package io.nnnco.nhub.stream.internal.log;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the log says of credentials that do not come from {@code updateCredentials}. */
final class CredentialsLog {
  private CredentialsLog() {}

  /** The line for an event; null for none. */
  static @Nullable LogEntry entry(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.CredentialsUnusable unusable) {
      return because(
          new LogEntry(
              LogLine.CREDENTIALS_UNUSABLE,
              "the new credentials cannot be used, and the current ones stay in use: "
                  + unusable.cause().getMessage()),
          unusable.cause());
    } else if (event instanceof SubscriptionEvent.CertificateExpires expires) {
      Duration left = Duration.between(expires.at(), expires.expiresAt());
      return new LogEntry(
              LogLine.CERTIFICATE_EXPIRES,
              ExpiryText.of(left)
                  + ", at "
                  + LogText.time(expires.expiresAt())
                  + ", and has not been replaced: issue another one with nhub certs renew, or see"
                  + " why what renews it did not")
          .with("nhub.certificate_days", left.toDays());
    } else if (event instanceof SubscriptionEvent.RenewalFailed failed) {
      return because(
              new LogEntry(
                  LogLine.RENEWAL_FAILED,
                  "the certificate is due and was not renewed: "
                      + failed.cause().getMessage()
                      + " Next attempt "
                      + LogText.after(failed.retryIn())),
              failed.cause())
          .with("nhub.retry_ms", failed.retryIn());
    } else if (event instanceof SubscriptionEvent.FormerCertificateRevoked revoked) {
      return revoked(revoked);
    }
    return null;
  }

  private static LogEntry revoked(SubscriptionEvent.FormerCertificateRevoked revoked) {
    String id = ForeignText.shown(revoked.certificateId());
    return new LogEntry(
            revoked.toMakeRoom()
                ? LogLine.CERTIFICATE_REVOKED_FOR_ROOM
                : LogLine.FORMER_CERTIFICATE_REVOKED,
            revoked.toMakeRoom()
                ? "revoked the certificate "
                    + id
                    + " before its successor was issued, because the API key has no room for"
                    + " another: revoke certificates that nobody uses"
                : "revoked the former certificate " + id)
        .with("nhub.certificate", id);
  }

  private static LogEntry because(LogEntry entry, NHubException cause) {
    return entry.with("nhub.code", cause.code().id()).with("nhub.advice", cause.advice());
  }
}
