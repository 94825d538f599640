package io.nnnco.nhub.stream.internal.recording;

import io.nnnco.nhub.identity.ClientIdentity;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/** A client certificate is about to be shown to the bridge. */
@Name("io.nnnco.nhub.Certificate")
@Label("Certificate")
@Category("N-Hub")
@Description("The client certificate of a connection that is about to be attempted")
@StackTrace(false)
final class CertificateEvent extends RecordedEvent {
  static final CertificateEvent PROBE = new CertificateEvent();

  @Label("Fingerprint")
  @Description("SHA-256 of the certificate")
  @Nullable String fingerprint;

  @Label("Expires At")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long expiresAt;

  @Label("Days Left")
  @Description("Whole days until it expires; negative if it has expired")
  long daysLeft;

  void record(ClientIdentity identity, Instant now) {
    fingerprint = identity.fingerprint();
    expiresAt = identity.expiresAt().toEpochMilli();
    daysLeft = Math.floorDiv(Duration.between(now, identity.expiresAt()).toSeconds(), 86_400);
    commit();
  }
}
