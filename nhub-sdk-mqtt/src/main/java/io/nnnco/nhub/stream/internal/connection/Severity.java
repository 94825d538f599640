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
 * What a failure means for the subscription. Its code says whether it is transient; this class adds
 * what depends on the past. Always terminal is only what a server said that had proved to be the
 * bridge, or what was detected on this machine. What anyone on the network path can say or cause is
 * terminal only before anything has worked, so that a wrong setting is reported at once.
 */
final class Severity {
  private static final Set<ErrorCode> OF_CREDENTIALS =
      Set.of(BAD_CREDENTIALS, NOT_AUTHORIZED, CERTIFICATE_REVOKED, CLIENT_CERTIFICATE_REJECTED);

  private Severity() {}

  /**
   * Whether a failure ends the subscription.
   *
   * @param everSubscribed whether these credentials and addresses have worked before: if a server
   *     that was trusted yesterday is not trusted now, a deployment may have gone wrong; if it
   *     never was, a setting is wrong
   */
  static boolean isTerminal(NHubException failure, boolean everSubscribed) {
    if (isUnproven(failure)) {
      return !everSubscribed && !(failure.getCause() instanceof VirtualMachineError);
    }
    return !failure.isTransient();
  }

  /**
   * Whether it would be terminal, had it come from a server that had proved to be the bridge. A
   * proxy is reached by plain TCP; an alert in the handshake, such as every alert of TLS 1.2 about
   * a client certificate, arrives unencrypted. A defect of the SDK may depend on the moment, and a
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
