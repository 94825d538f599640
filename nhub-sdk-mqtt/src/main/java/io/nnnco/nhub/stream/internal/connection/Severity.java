package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.stream.BadCredentialsException;
import io.nnnco.nhub.stream.CertificateRevokedException;
import io.nnnco.nhub.stream.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.HandlerFailedException;
import io.nnnco.nhub.stream.LocalFailureException;
import io.nnnco.nhub.stream.MissingCredentialsException;
import io.nnnco.nhub.stream.NotAuthorizedException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.ProxyAuthenticationException;
import io.nnnco.nhub.stream.ProxyRefusedException;
import io.nnnco.nhub.stream.ReasonCode;
import io.nnnco.nhub.stream.ServerDisconnectedException;
import io.nnnco.nhub.stream.ServerNotTrustedException;
import io.nnnco.nhub.stream.ServerRefusedException;
import io.nnnco.nhub.stream.SessionTakenOverException;
import io.nnnco.nhub.stream.SubscriptionRefusedException;
import io.nnnco.nhub.stream.WrongHostNameException;

/**
 * Which failures connecting again can mend. Terminal is only what a server said that had proved to
 * be the bridge, or what was found out on this machine. What anybody on the way can say or cause is
 * terminal before anything has worked, so that a wrong setting is told at once, and not after.
 */
final class Severity {
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
    if (failure instanceof ServerRefusedException refused) {
      return refused.reasonCode().terminal();
    }
    if (failure instanceof ServerDisconnectedException disconnected) {
      return disconnected.reasonCode().terminal();
    }
    if (failure instanceof SubscriptionRefusedException refused) {
      return refused.reasonCode() != ReasonCode.QUOTA_EXCEEDED.value();
    }
    return isOfCredentials(failure)
        || failure instanceof MissingCredentialsException
        || failure instanceof SessionTakenOverException
        || failure instanceof HandlerFailedException;
  }

  /**
   * Whether it would be terminal, had it come from a server that had proved to be the bridge. A
   * proxy is reached by plain TCP; an alert in the handshake, as all are that TLS 1.2 sends about a
   * client certificate, comes in the clear. One of our own defects may depend on the moment, and a
   * lack of memory does.
   */
  static boolean isUnproven(NHubException failure) {
    return failure instanceof ServerNotTrustedException
        || failure instanceof WrongHostNameException
        || failure instanceof ProxyRefusedException
        || failure instanceof ProxyAuthenticationException
        || failure instanceof LocalFailureException
        || (failure instanceof ClientCertificateRejectedException rejected
            && rejected.phase().compareTo(Phase.TLS) <= 0);
  }

  /** Whether other credentials could mend it. */
  static boolean isOfCredentials(NHubException failure) {
    return failure instanceof IdentityException
        || failure instanceof BadCredentialsException
        || failure instanceof NotAuthorizedException
        || failure instanceof CertificateRevokedException
        || failure instanceof ClientCertificateRejectedException;
  }
}
