package io.nnnco.nhub.stream.internal.transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages over to a listener whose defects do not end the connection. A lack of memory does:
 * it is nobody's defect, and is reported as what it is.
 */
public final class HandOver {
  private static final Logger log = LoggerFactory.getLogger(HandOver.class);

  private final TransportListener listener;

  /** Hands over to a listener. */
  public HandOver(TransportListener listener) {
    this.listener = listener;
  }

  /** A message came. Throws only a lack of memory. */
  public void received(InboundMessage message) {
    try {
      listener.onMessage(message);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      log.error("A message could not be taken over; it stays unacknowledged", e);
    }
  }

  /** The next read may take its time. */
  public void complete() {
    try {
      listener.onReadComplete();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      log.error("Messages could not be taken over; they stay unacknowledged", e);
    }
  }
}
