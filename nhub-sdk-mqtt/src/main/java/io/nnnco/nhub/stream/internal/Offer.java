package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.identity.Credentials;

/**
 * Credentials to offer to the bridge.
 *
 * @param credentials what to authenticate with
 * @param accepted run on the control thread each time a subscription is established with them
 */
record Offer(Credentials credentials, Runnable accepted) {}
