package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.Uplink;

/**
 * Receives the uplinks of a subscription. The shortest of the handlers; {@link MessageHandler} is
 * the general one, and its contract applies here too.
 */
@FunctionalInterface
public interface UplinkHandler {
  /**
   * Handles one uplink. It is acknowledged after this method has returned.
   *
   * @param uplink what the device sent
   * @throws Exception if the uplink could not be handled; the failure policy decides what follows
   */
  void handle(Uplink uplink) throws Exception;
}
