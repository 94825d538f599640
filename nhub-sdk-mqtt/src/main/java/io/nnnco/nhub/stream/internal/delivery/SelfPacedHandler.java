package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.AsyncMessageHandler;

/**
 * A handler whose messages wait for a consumer that asks for them. The handler's deadline does not
 * hold for it: a consumer that takes its time is back-pressure, not a failure.
 */
public interface SelfPacedHandler extends AsyncMessageHandler {}
