package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.DuplicatePublish;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.ServerDisconnect;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import io.nnnco.nhub.testkit.internal.bridge.Packets.Property;
import io.nnnco.nhub.testkit.internal.bridge.Publishing.Refusal;
import io.nnnco.nhub.testkit.internal.bridge.broker.Broker.Attached;
import io.nnnco.nhub.testkit.internal.bridge.broker.Broker.SessionRequest;
import io.nnnco.nhub.testkit.internal.bridge.broker.ClientConnection;
import io.nnnco.nhub.testkit.internal.bridge.broker.Outgoing;
import io.nnnco.nhub.testkit.internal.bridge.broker.Session;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection after its CONNECT was accepted. */
final class SessionHandler extends SimpleChannelInboundHandler<MqttMessage>
    implements ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

  private final BridgeState state;
  private final Wire wire;
  private final int level;
  private final Duration keepAlive;
  private final boolean ignoresKeepAlive;
  private final Session session;
  private final boolean sessionPresent;
  private final Subscribing subscribing;
  private final Publishing publishing;
  private Instant lastRead;
  private boolean closed;

  SessionHandler(
      BridgeState state,
      Wire wire,
      ConnectPacket connect,
      SessionRequest request,
      boolean ignoresKeepAlive) {
    this.state = state;
    this.wire = wire;
    this.level = connect.level();
    this.keepAlive = connect.keepAlive();
    this.ignoresKeepAlive = ignoresKeepAlive;
    this.lastRead = state.options().keepAliveClock().instant();
    Attached attached = state.broker().connect(request, this);
    this.session = attached.session();
    this.sessionPresent = attached.present();
    this.subscribing = new Subscribing(state, session, level);
    this.publishing = new Publishing(state, wire, session, level);
    state.connections().add(this);
  }

  /** Whether the client's packets are not processed. */
  boolean deaf() {
    return !wire.valve().reads();
  }

  boolean sessionPresent() {
    return sessionPresent;
  }

  String clientId() {
    return session.clientId();
  }

  /** The CONNACK is written: deliver the waiting messages. */
  void begin() {
    if (strike(Moment.CONNACK)) {
      session.deliver();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
    if (closed || wire.valve().dead()) { // One read may bring several packets.
      return;
    }
    lastRead = state.options().keepAliveClock().instant();
    if (message.decoderResult().isFailure()) {
      undecodable(message.decoderResult().cause());
      return;
    }
    switch (message.fixedHeader().messageType()) {
      case PUBACK -> acknowledged(message);
      case PUBREC, PUBREL, PUBCOMP -> exactlyOnce(message);
      case PINGREQ -> pinged();
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) message);
      case PUBLISH -> published((MqttPublishMessage) message);
      case DISCONNECT -> disconnected(message);
      default ->
          end(
              Cause.PROTOCOL_ERROR,
              ReasonCodes.PROTOCOL_ERROR,
              "not expected here: " + message.fixedHeader().messageType());
    }
  }

  private void undecodable(Throwable cause) {
    LOG.debug("A packet of {} cannot be read", clientId(), cause);
    if (cause instanceof PacketFlaw flaw) {
      end(Cause.PROTOCOL_ERROR, flaw.reasonCode(), flaw.flaw());
      return;
    }
    boolean tooLong = cause instanceof TooLongFrameException;
    end(
        Cause.PROTOCOL_ERROR,
        tooLong ? ReasonCodes.PACKET_TOO_LARGE : ReasonCodes.MALFORMED_PACKET,
        tooLong ? "the packet is too large" : "the packet is malformed");
  }

  private void subscribe(MqttSubscribeMessage message) {
    if (!strike(Moment.SUBSCRIBE)) {
      return;
    }
    String flaw = subscribing.flaw(message);
    if (flaw != null) {
      end(Cause.PROTOCOL_ERROR, ReasonCodes.PROTOCOL_ERROR, flaw);
      return;
    }
    wire.write(subscribing.subscribe(message));
    if (strike(Moment.SUBACK)) {
      session.deliver();
    }
  }

  private void unsubscribe(MqttUnsubscribeMessage message) {
    if (message.payload().topics().isEmpty()) {
      end(Cause.PROTOCOL_ERROR, ReasonCodes.PROTOCOL_ERROR, "an UNSUBSCRIBE without a filter");
    } else {
      wire.write(subscribing.unsubscribe(message));
    }
  }

  private void acknowledged(MqttMessage message) {
    if (!strike(Moment.PUBACK)) {
      return;
    }
    finished(packetId(message), reasonCode(message));
  }

  private static int packetId(MqttMessage message) {
    return ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
  }

  private static int reasonCode(MqttMessage message) {
    return message.variableHeader() instanceof MqttPubReplyMessageVariableHeader header
        ? Byte.toUnsignedInt(header.reasonCode())
        : ReasonCodes.SUCCESS;
  }

  /** The steps of QoS 2, where it is spoken; elsewhere there is nothing that they could mean. */
  private void exactlyOnce(MqttMessage message) {
    int packetId = packetId(message);
    if (!state.policy().permissive()) {
      end(
          Cause.PROTOCOL_ERROR,
          ReasonCodes.PROTOCOL_ERROR,
          "not expected here: " + message.fixedHeader().messageType());
      return;
    }
    switch (message.fixedHeader().messageType()) {
      case PUBREC -> received(packetId, reasonCode(message));
      case PUBREL -> wire.write(Packets.pubcomp(packetId, known(publishing.released(packetId))));
      default -> finished(packetId, reasonCode(message));
    }
  }

  private void received(int packetId, int code) {
    if (code >= ReasonCodes.FAILURE) {
      session.refused(packetId);
      session.deliver();
    } else if (!session.received(packetId)) {
      wire.write(Packets.pubrel(packetId, known(false)));
    }
  }

  private int known(boolean known) {
    return known || level < Packets.MQTT_5
        ? ReasonCodes.SUCCESS
        : ReasonCodes.PACKET_IDENTIFIER_NOT_FOUND;
  }

  @Override
  public void release(Outgoing outgoing) {
    wire.write(Packets.pubrel(outgoing.packetId(), ReasonCodes.SUCCESS));
  }

  private void finished(int packetId, int code) {
    Instant now = state.now();
    Outgoing outgoing = session.inFlight(packetId);
    state
        .listener()
        .acknowledged(
            outgoing == null || outgoing.sentAt() == null
                ? new AckRecord(now, clientId(), packetId, "", now, 0, code)
                : new AckRecord(
                    now,
                    clientId(),
                    packetId,
                    outgoing.message().topic(),
                    outgoing.sentAt(),
                    outgoing.sends(),
                    code));
    session.acknowledge(packetId);
    session.deliver();
  }

  private void pinged() {
    if (strike(Moment.PING) && !ignoresKeepAlive) {
      wire.write(Packets.pong());
    }
  }

  private void published(MqttPublishMessage message) {
    Refusal refusal = publishing.receive(message);
    if (refusal != null) {
      end(Cause.PROTOCOL_ERROR, refusal.reasonCode(), refusal.reason());
    }
  }

  private void disconnected(MqttMessage message) {
    Duration expiry = null;
    int code = ReasonCodes.SUCCESS;
    if (message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
      code = Byte.toUnsignedInt(header.reasonCode());
      long seconds = Packets.integer(header.properties(), Property.SESSION_EXPIRY_INTERVAL, -1);
      expiry = seconds < 0 ? null : Duration.ofSeconds(seconds);
    }
    if (expiry != null && !expiry.isZero() && session.expiry().isZero()) {
      end(Cause.PROTOCOL_ERROR, ReasonCodes.PROTOCOL_ERROR, "the session cannot be kept now");
      return;
    }
    close(Cause.CLIENT_DISCONNECT, code, expiry);
    wire.endGently();
  }

  @Override
  public boolean writable() {
    return wire.writable();
  }

  @Override
  public boolean send(Outgoing outgoing) {
    if (!strike(Moment.PUBLISH)) {
      return false;
    }
    if (!outgoing.copied() && state.faults().next(DuplicatePublish.class, clientId()) != null) {
      state.broker().duplicate(session, outgoing);
    }
    wire.write(Packets.publish(level, outgoing, state.now()));
    strike(Moment.PUBLISHED);
    return true;
  }

  /** Applies the fault of this moment; returns whether the connection still works. */
  private boolean strike(Moment moment) {
    BridgeFault fault = state.faults().at(moment, clientId());
    if (fault != null) {
      wire.suffer(fault, moment, level);
      if (wire.ended()) {
        close(Cause.BRIDGE, fault instanceof ServerDisconnect end ? end.reasonCode() : 0, null);
      }
    }
    return !closed && !wire.valve().dead();
  }

  /**
   * Ends the connection if the client was silent for one and a half times the keep-alive (M10 in
   * docs/bridge.md).
   */
  void checkKeepAlive() {
    Instant now = state.options().keepAliveClock().instant();
    if (ignoresKeepAlive || keepAlive.isZero()) {
      return;
    }
    if (!wire.valve().reads()) {
      lastRead = now;
    } else if (now.isAfter(lastRead.plus(keepAlive.multipliedBy(3).dividedBy(2)))) {
      end(Cause.KEEP_ALIVE, ReasonCodes.KEEP_ALIVE_TIMEOUT, "nothing came within the keep-alive");
    }
  }

  @Override
  public void end(Cause cause, int reasonCode, String reason) {
    close(cause, reasonCode, null);
    if (level == Packets.MQTT_5) {
      wire.write(Packets.disconnect(reasonCode, reason));
    }
    wire.endGently();
  }

  /** Ends the connection with a TCP reset. */
  void drop() {
    close(Cause.BRIDGE, 0, null);
    wire.reset();
  }

  private void close(Cause cause, int reasonCode, @Nullable Duration expiry) {
    if (closed) {
      return;
    }
    closed = true;
    state.connections().remove(this);
    boolean inOrder = cause == Cause.CLIENT_DISCONNECT && reasonCode == ReasonCodes.SUCCESS;
    state.broker().disconnected(session, this, expiry, inOrder);
    state.listener().disconnected(new DisconnectRecord(state.now(), clientId(), cause, reasonCode));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    close(Cause.CONNECTION_LOST, 0, null);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    wire.drained();
    session.deliver();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      close(Cause.CONNECTION_LOST, 0, null);
      wire.endGently();
    } else if (event == Valve.Event.TAKES_MORE) {
      session.deliver();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("The connection of {} failed", clientId(), cause);
    wire.endGently();
  }
}
