package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.io.IOException;
import java.util.List;

/**
 * An MQTT server over TLS on the loopback interface, in one daemon thread. Safe for use by several
 * threads.
 */
public final class Bridge implements AutoCloseable {
  private final BridgeOptions options;

  private Bridge(BridgeOptions options) {
    this.options = options;
  }

  /**
   * Binds and starts.
   *
   * @throws IOException if the port is taken
   */
  public static Bridge start(BridgeOptions options) throws IOException {
    return new Bridge(options);
  }

  /** The port it listens on. */
  public int port() {
    return soon();
  }

  /** Publishes as the platform does, to whoever is subscribed; returns before it is routed. */
  public PublishReceipt publish(String topic, byte[] payload, int qos) {
    return soon();
  }

  /** Lets a fault happen. */
  public void inject(BridgeFault fault, Occurrence when) {
    soon();
  }

  /** Forgets the faults that have not happened yet; those that last on a connection stay. */
  public void clearFaults() {
    soon();
  }

  /** Breaks the client's connection with a TCP reset; returns whether it had one. */
  public boolean drop(String clientId) {
    return soon();
  }

  /** Breaks every connection, also those without a CONNECT yet; returns how many. */
  public int dropAll() {
    return soon();
  }

  /**
   * Ends the client's connection with a DISCONNECT (MQTT 5) or just the end (MQTT 3.1.1); returns
   * whether it had one.
   */
  public boolean disconnect(String clientId, int reasonCode, String reason) {
    return soon();
  }

  /** Every session, connected or not. */
  public List<SessionSnapshot> sessions() {
    return soon();
  }

  /**
   * Looks at the clocks again: sessions expire that are due. The bridge does so by itself a few
   * times a second; whoever moves a virtual clock calls this to have it done on return.
   */
  public void clockAdvanced() {
    soon();
  }

  /** Ends every connection and session, for a test that starts afresh on the same port. */
  public void reset() {
    soon();
  }

  /** Ends every connection, frees the port and stops the thread. Idempotent, bounded. */
  @Override
  public void close() {
    soon();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // gone with the next commit
  private <T> T soon() {
    if (options.port() >= 0) {
      throw new UnsupportedOperationException("being built");
    }
    throw new IllegalStateException();
  }
}
