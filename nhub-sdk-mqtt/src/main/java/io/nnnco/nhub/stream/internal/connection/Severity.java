package io.nnnco.nhub.stream.internal.connection;

import static io.nnnco.nhub.stream.error.StreamErrorCode.BAD_CREDENTIALS;
import static io.nnnco.nhub.stream.error.StreamErrorCode.CERTIFICATE_REVOKED;
import static io.nnnco.nhub.stream.error.StreamErrorCode.CLIENT_CERTIFICATE_REJECTED;
import static io.nnnco.nhub.stream.error.StreamErrorCode.NOT_AUTHORIZED;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.Set;

/**
 * What a failure means for the subscription. Whether it is transient stands in its code; here is
 * what depends on the past: terminal is only what a server said that had proved to be the bridge,
 * or what was found out on this machine. What anybody on the way can say or cause is terminal
 * before anything has worked, so that a wrong setting is told at once, and not after.
 */
final class Severity {
  private static final Set<ErrorCode> OF_CREDENTIALS =
      Set.of(BAD_CREDENTIALS, NOT_AUTHORIZED, CERTIFICATE_REVOKED, CLIENT_CERTIFICATE_REJECTED);

  private Severity() {}

  /**
   * Whether a failure ends the subscription.
   *
   * @param everSubscribed whether these credentials and addresses have worked before: a server that
   *     was trusted yesterday may be a deployment gone wrong, one that never was is a wrong setting
   */
  static boolean isTerminal(NHubException failure, boolean everSubscribed) {
    if (isUnproven(failure)) {
      return !everSubscribed && !(failure.getCause() instanceof VirtualMachineError);
    }
    return !failure.isTransient();
  }

  /**
   * Whether it would be terminal, had it come from a server that had proved to be the bridge. A
   * proxy is reached by plain TCP; an alert in the handshake, as all are that TLS 1.2 sends about a
   * client certificate, comes in the clear. One of our own defects may depend on the moment, and a
   * lack of memory does.
   */
  static boolean isUnproven(NHubException failure) {
    return (failure.code() instanceof StreamErrorCode code && code.isFinalAtFirstOnly())
        || (failure instanceof ClientCertificateRejectedException rejected
            && rejected.phase().compareTo(ConnectionPhase.TLS) <= 0);
  }

  /** Whether other credentials could fix it. */
  static boolean isOfCredentials(NHubException failure) {
    return failure instanceof IdentityException || OF_CREDENTIALS.contains(failure.code());
  }
}
