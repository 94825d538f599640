package io.nnnco.nhub.management;

import io.nnnco.nhub.core.Secret;

/**
 * Where the management token comes from, for tokens that change: those of an OAuth 2
 * client-credentials grant, or one read from a vault.
 *
 * <p><b>Threads.</b> Called on the thread of the call that needs a token, by several threads at
 * once if several calls are made. Blocking is allowed and counts towards the call's time. Keep the
 * token yourself while it is valid: nothing is cached here.
 *
 * <p><b>Errors.</b> What it throws ends the call and reaches its caller as it is.
 */
@FunctionalInterface
public interface TokenProvider {

  /**
   * The token to send. Asked before every HTTP request.
   *
   * @return the token; not null
   */
  Secret token();

  /**
   * Another token, after the platform answered 401 to one. Asked at most once in a call; if the
   * answer differs from the rejected token, the request is sent once more, since a 401 had no
   * effect.
   *
   * @param rejected the token that was refused
   * @return a fresh token; by default, what {@link #token()} gives now
   */
  default Secret tokenAfterRejection(Secret rejected) {
    return token();
  }
}
