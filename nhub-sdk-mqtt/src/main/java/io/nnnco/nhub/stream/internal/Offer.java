package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.identity.Credentials;

/**
 * Credentials to show to the bridge.
 *
 * @param credentials what to show
 * @param accepted run on the control thread each time a subscription stands with them
 */
record Offer(Credentials credentials, Runnable accepted) {}
