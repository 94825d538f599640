package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.ReplayTarget;

/**
 * Receives the uplinks of a subscription. The shortest of the handlers; {@link MessageHandler} is
 * the general one, and its contract applies here too.
 */
@FunctionalInterface
public interface UplinkHandler extends ReplayTarget<Exception> {
  /**
   * Handles one uplink. It is acknowledged after this method has returned.
   *
   * @param uplink what the device sent
   * @throws Exception if the uplink could not be handled; the failure policy decides what follows
   */
  void handle(Uplink uplink) throws Exception;

  /**
   * Handles a recorded message, for {@link io.nnnco.nhub.recording.Recording#replayInto}: it is
   * decoded, and handed over once if it is an uplink. There are no retries.
   *
   * @param message the message
   * @throws io.nnnco.nhub.codec.MalformedMessageException if it cannot be decoded
   * @throws Exception if it could not be handled
   */
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // Lambdas of the two take other arguments.
  default void replay(RecordedMessage message) throws Exception {
    if (DeliveredMessage.of(message).message() instanceof Uplink uplink) {
      handle(uplink);
    }
  }
}
