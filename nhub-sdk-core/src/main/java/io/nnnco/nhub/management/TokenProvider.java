package io.nnnco.nhub.management;

import io.nnnco.nhub.core.Secret;

/**
 * The source of the management token, for tokens that change: those of an OAuth 2
 * client-credentials grant, or one read from a vault.
 *
 * <p><b>Threads.</b> Called on the thread of the call that needs a token, and by several threads at
 * once if there are several calls. Blocking is allowed and counts towards the call's time. Keep the
 * token yourself while it is valid: the SDK caches nothing.
 *
 * <p><b>Errors.</b> An exception ends the call and reaches its caller unchanged.
 */
@FunctionalInterface
public interface TokenProvider {

  /**
   * Returns the token to send. Called before every HTTP request.
   *
   * @return the token; not null
   */
  Secret token();

  /**
   * Returns another token after the platform has responded with 401. Called at most once per call;
   * if the result differs from the rejected token, the request is sent once more, because a 401 had
   * no effect.
   *
   * @param rejected the token that was refused
   * @return a fresh token; by default, the current result of {@link #token()}
   */
  default Secret tokenAfterRejection(Secret rejected) {
    return token();
  }
}
