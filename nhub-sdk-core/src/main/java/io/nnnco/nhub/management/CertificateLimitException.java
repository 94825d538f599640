package io.nnnco.nhub.management;

import io.nnnco.nhub.core.CoreErrorCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API key already has as many active certificates as it may have, 10. It names those that could
 * be revoked to make room. Nothing was issued.
 *
 * <p>The platform's refusal does not say which limit was met; it is told by listing the key's
 * certificates after the refusal.
 */
public final class CertificateLimitException extends InvalidRequestException {
  private static final long serialVersionUID = 1L;

  /** The certificates; they do not serialize. */
  private final transient @Nullable List<MqttCertificate> revocable;

  /**
   * The error.
   *
   * @param call the request and its response
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param fieldErrors the messages of each field, as the platform gave them
   * @param revocable the key's certificates that are not known to be revoked or expired
   */
  public CertificateLimitException(
      ApiCall call,
      String problem,
      Map<String, List<String>> fieldErrors,
      List<MqttCertificate> revocable) {
    super(CoreErrorCode.API_CERTIFICATE_LIMIT, call, problem, fieldErrors);
    this.revocable = List.copyOf(revocable);
  }

  /**
   * The certificates that could be revoked.
   *
   * @return the key's active certificates, in the platform's order
   */
  public List<MqttCertificate> revocable() {
    return revocable == null ? List.of() : revocable;
  }
}
