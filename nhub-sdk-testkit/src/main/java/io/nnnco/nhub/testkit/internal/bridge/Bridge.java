package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.PublishReceipt;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import io.nnnco.nhub.testkit.internal.bridge.broker.Session;
import io.nnnco.nhub.testkit.internal.bridge.broker.TopicFilter;
import io.nnnco.nhub.testkit.internal.fault.FaultQueue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An MQTT server over TLS on the loopback interface, in one daemon thread. Safe for use by several
 * threads.
 */
public final class Bridge implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final WriteBufferWaterMark WRITE_BUFFER =
      new WriteBufferWaterMark(64 << 10, 256 << 10);

  private final BridgeThread thread;
  private final BridgeState state;
  private final Channel server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Bridge(BridgeThread thread, BridgeState state, Channel server) {
    this.thread = thread;
    this.state = state;
    this.server = server;
  }

  /**
   * Binds and starts.
   *
   * @throws IOException if the port is taken
   */
  public static Bridge start(BridgeOptions options) throws IOException {
    BridgeThread thread = new BridgeThread();
    BridgeState state = new BridgeState(options);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(thread.group())
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
            .childHandler(new BridgeChannels(state))
            .bind(options.address())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      thread.stop();
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    Bridge bridge = new Bridge(thread, state, bound.channel());
    thread.every(TICK, bridge::tick);
    return bridge;
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Publishes bytes, see {@link #publish(Message)}. */
  public PublishReceipt publish(String topic, byte[] payload, int qos) {
    return publish(new Message(topic, payload.clone(), qos));
  }

  /**
   * Publishes to all subscribers, as the platform does; returns before it is routed.
   *
   * @throws IllegalArgumentException if nothing can be published on the topic, or the quality of
   *     service is neither 0 nor 1
   * @throws IllegalStateException if the bridge is closed
   */
  public PublishReceipt publish(Message message) {
    if (!TopicFilter.isTopic(message.topic())) {
      throw new IllegalArgumentException("Not a topic to publish on: \"" + message.topic() + "\".");
    }
    if (message.qos() != 0 && message.qos() != 1) {
      throw new IllegalArgumentException("The bridge has QoS 0 and 1, not " + message.qos() + ".");
    }
    Receipt receipt = new Receipt(thread, message);
    thread.run(() -> state.broker().publish(receipt.publication(), null));
    return receipt;
  }

  /** Injects a fault from now on: it applies to whatever a client sends after this returns. */
  public FaultQueue.Pending<BridgeFault> inject(BridgeFault fault, Occurrence when) {
    return thread.call(() -> state.faults().add(fault, when));
  }

  /** The faults that can still happen. */
  public List<FaultQueue.Pending<BridgeFault>> pendingFaults() {
    return thread.call(() -> state.faults().pending());
  }

  /** Takes a fault back; returns whether it could still happen. */
  public boolean removeFault(long number) {
    return thread.call(() -> state.faults().remove(number));
  }

  /** The faults that should have happened by now, and have not. */
  public List<BridgeFault> unusedFaults() {
    return thread.call(() -> state.faults().unused());
  }

  /** Clears the faults that have not happened yet; those that last on a connection stay. */
  public void clearFaults() {
    thread.call(
        () -> {
          state.faults().clear();
          return true;
        });
  }

  /** Breaks the client's connection with a TCP reset; returns whether it had one. */
  public boolean drop(String clientId) {
    return thread.call(
        () -> {
          List<SessionHandler> connections = connections(clientId);
          connections.forEach(SessionHandler::drop);
          return !connections.isEmpty();
        });
  }

  /** Breaks every connection, including those without a CONNECT; returns how many. */
  public int dropAll() {
    return thread.call(
        () -> {
          int count = state.wires().size();
          List.copyOf(state.connections()).forEach(SessionHandler::drop);
          List.copyOf(state.wires()).forEach(Wire::reset);
          return count;
        });
  }

  /**
   * Ends the client's connection with a DISCONNECT (MQTT 5) or without one (MQTT 3.1.1); returns
   * whether it had one.
   */
  public boolean disconnect(String clientId, int reasonCode, String reason) {
    return thread.call(
        () -> {
          List<SessionHandler> connections = connections(clientId);
          connections.forEach(connection -> connection.end(Cause.BRIDGE, reasonCode, reason));
          return !connections.isEmpty();
        });
  }

  private List<SessionHandler> connections(String clientId) {
    return state.connections().stream()
        .filter(connection -> connection.clientId().equals(clientId))
        .toList();
  }

  /** Every session, connected or not. */
  public List<SessionSnapshot> sessions() {
    return thread.call(() -> state.broker().sessions().stream().map(this::snapshot).toList());
  }

  private SessionSnapshot snapshot(Session session) {
    return new SessionSnapshot(
        session.clientId(),
        session.enterprise(),
        session.connected(),
        session.connection() instanceof SessionHandler connection && connection.deaf(),
        state.broker().filters(session),
        session.unacknowledged(),
        session.queued(),
        session.dropped());
  }

  /**
   * Checks the clocks again, and expires the sessions that are due. The bridge does this itself a
   * few times a second; whoever moves a virtual clock calls this so that it is done on return.
   */
  public void clockAdvanced() {
    thread.call(
        () -> {
          tick();
          return true;
        });
  }

  private void tick() {
    List.copyOf(state.unconnected()).forEach(ConnectHandler::checkPatience);
    List.copyOf(state.connections()).forEach(SessionHandler::checkKeepAlive);
    state.broker().clockAdvanced();
  }

  /** Ends every connection and session, for a test that starts over on the same port. */
  public void reset() {
    thread.call(
        () -> {
          state.faults().clear();
          dropAll();
          state.broker().clear();
          return true;
        });
  }

  /** Ends every connection, frees the port and stops the thread. Idempotent, bounded. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    thread.call(
        () -> {
          var unused = server.close();
          List.copyOf(state.connections())
              .forEach(
                  connection ->
                      connection.end(
                          Cause.BRIDGE, ReasonCodes.SERVER_SHUTTING_DOWN, "the fake is closed"));
          List.copyOf(state.wires()).forEach(Wire::cut);
          state.broker().clear();
          return true;
        });
    thread.stop();
  }
}
