package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.HalfOpen;
import io.nnnco.nhub.testkit.BridgeFault.IgnoreKeepAlive;
import io.nnnco.nhub.testkit.BridgeFault.LoseSession;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.RefuseConnect;
import io.nnnco.nhub.testkit.BridgeFault.Silence;
import io.nnnco.nhub.testkit.BridgeFault.SlowBytes;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Admitted;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Refused;
import io.nnnco.nhub.testkit.internal.bridge.broker.Will;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first part of a connection: waits for the CONNECT and responds to it (M3 to M8 in
 * docs/bridge.md).
 */
final class ConnectHandler extends SimpleChannelInboundHandler<MqttMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectHandler.class);
  private static final int MQTT_3_1_1 = 4;

  /** The connection is closed without a CONNACK. */
  private static final int NONE = 0;

  /** As long as HiveMQ waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BridgeState state;
  private final Wire wire;
  private final FirstBytes firstBytes;
  private Instant since = Instant.MAX;

  ConnectHandler(BridgeState state, Wire wire, FirstBytes firstBytes) {
    this.state = state;
    this.wire = wire;
    this.firstBytes = firstBytes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
    state.unconnected().remove(this);
    if (wire.ended()) {
      return;
    }
    if (message.decoderResult().isSuccess() && message instanceof MqttConnectMessage connect) {
      respond(ctx, ConnectPacket.of(connect, ClientCertificates.of(wire.tls()), state.now()));
    } else if (isOfAnotherLevel(message.decoderResult().cause())) {
      refuse(unknown(firstBytes.protocolLevel()), unsupportedLevel());
    } else if (message.decoderResult().cause() instanceof PacketFlaw flaw
        && firstBytes.protocolLevel() == Packets.MQTT_5) {
      refuse(unknown(Packets.MQTT_5), Refusal.of(flaw.reasonCode(), flaw.flaw()));
    } else {
      wire.endGently();
    }
  }

  /** For MQTT 3.1, the codec checks the length of the client identifier, which was limited then. */
  private static boolean isOfAnotherLevel(Throwable flaw) {
    return flaw instanceof MqttUnacceptableProtocolVersionException
        || flaw instanceof MqttIdentifierRejectedException;
  }

  private static ConnectPacket unknown(int level) {
    return new ConnectPacket(
        level, "", null, null, List.of(), true, Duration.ZERO, Duration.ZERO, 0, 0, false, null);
  }

  private void respond(ChannelHandlerContext ctx, ConnectPacket packet) {
    BridgeFault fault = state.faults().at(Moment.CONNECT, packet.clientId());
    if (fault != null) {
      wire.suffer(fault, Moment.CONNECT, packet.level());
      if (wire.ended() || fault instanceof Silence || fault instanceof HalfOpen) {
        return;
      }
    }
    Refusal refusal = refusal(packet);
    if (refusal != null) {
      refuse(packet, refusal);
      return;
    }
    ConnectDecision admission = state.options().gatekeeper().admit(packet.attempt());
    if (admission instanceof Admitted admitted) {
      accept(ctx, packet, admitted);
    } else if (admission instanceof Refused refused) {
      refuse(packet, Refusal.of(refused));
    }
  }

  /** Ends a connection whose CONNECT does not come. */
  void checkPatience() {
    if (state.options().keepAliveClock().instant().isAfter(since.plus(PATIENCE))) {
      state.unconnected().remove(this);
      wire.endGently();
    }
  }

  /** A will that CONNACK says is not supported; MQTT 3.1.1 has no return code for that. */
  private @Nullable Refusal refusedWill(Will will) {
    if (will.message().qos() > state.policy().maximumQos()) {
      return new Refusal(ReasonCodes.QOS_NOT_SUPPORTED, NONE, "the will's QoS is not supported");
    }
    return will.message().retain() && !state.policy().permissive()
        ? new Refusal(ReasonCodes.RETAIN_NOT_SUPPORTED, NONE, "the will cannot be retained")
        : null;
  }

  private @Nullable Refusal refusal(ConnectPacket packet) {
    RefuseConnect fault = state.faults().next(RefuseConnect.class, packet.clientId());
    if (fault != null) {
      return new Refusal(
          fault.reasonCode(), ReasonCodes.returnCode(fault.reasonCode()), fault.reason());
    } else if (packet.level() < MQTT_3_1_1) {
      return unsupportedLevel();
    } else if (packet.wantsAuthMethod()) {
      return Refusal.of(ReasonCodes.BAD_AUTHENTICATION_METHOD, "no extended authentication here");
    } else if (packet.receiveMaximum() == 0 || packet.maximumPacketSize() == 0) {
      return Refusal.of(ReasonCodes.PROTOCOL_ERROR, "a maximum of nothing");
    } else if (packet.clientId().isEmpty()
        && packet.level() == MQTT_3_1_1
        && !packet.cleanStart()) {
      return Refusal.of(
          ReasonCodes.CLIENT_IDENTIFIER_NOT_VALID, "a session needs a client identifier");
    }
    return packet.will() == null ? null : refusedWill(packet.will());
  }

  private static Refusal unsupportedLevel() {
    return Refusal.of(ReasonCodes.UNSUPPORTED_PROTOCOL_VERSION, "MQTT 3.1.1 and 5 are spoken here");
  }

  private void refuse(ConnectPacket packet, Refusal refusal) {
    int code = packet.level() < Packets.MQTT_5 ? refusal.returnCode() : refusal.reasonCode();
    if (code == NONE) {
      wire.endGently();
      return;
    }
    state
        .listener()
        .connected(record(packet, packet.clientId(), null, code, refusal.reason(), false));
    wire.write(Packets.refused(packet.level(), code, refusal.reason()));
    wire.endGently();
  }

  private void accept(ChannelHandlerContext ctx, ConnectPacket packet, Admitted admitted) {
    boolean assigned = packet.clientId().isEmpty();
    String clientId = assigned ? "nhub-" + UUID.randomUUID() : packet.clientId();
    FaultScript faults = state.faults();
    SlowBytes slow = faults.next(SlowBytes.class, clientId);
    if (slow != null) {
      wire.valve().slow(slow.bytes(), slow.pause());
    }
    boolean forget = faults.next(LoseSession.class, clientId) != null;
    boolean ignoreKeepAlive = faults.next(IgnoreKeepAlive.class, clientId) != null;
    SessionHandler handler =
        new SessionHandler(
            state,
            wire,
            packet,
            packet.sessionRequest(
                clientId, admitted.enterprise(), forget, state.policy().permissive()),
            ignoreKeepAlive);
    boolean present = handler.sessionPresent();
    state
        .listener()
        .connected(
            record(packet, clientId, admitted.enterprise(), ReasonCodes.SUCCESS, "", present));
    wire.write(Packets.accepted(packet.level(), present, state.policy(), assigned ? clientId : ""));
    ctx.pipeline().replace(this, "session", handler);
    handler.begin();
  }

  private ConnectRecord record(
      ConnectPacket packet,
      String clientId,
      @Nullable String enterprise,
      int code,
      String reason,
      boolean sessionPresent) {
    return new ConnectRecord(
        state.now(),
        clientId,
        packet.level(),
        packet.username(),
        packet.certificates().stream()
            .findFirst()
            .map(ClientCertificates::fingerprint)
            .orElse(null),
        enterprise,
        packet.cleanStart(),
        packet.keepAlive(),
        packet.sessionExpiry(),
        packet.receiveMaximum(),
        code,
        reason,
        sessionPresent);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      shaken(handshake);
    } else if (event instanceof SslCloseCompletionEvent) {
      wire.endGently();
    }
  }

  private void shaken(SslHandshakeCompletionEvent handshake) {
    if (handshake.isSuccess()) {
      since = state.options().keepAliveClock().instant();
      state.unconnected().add(this);
    } else {
      state.listener().handshakeFailed(state.now(), reason(handshake.cause()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state.unconnected().remove(this);
    ctx.fireChannelInactive();
  }

  /**
   * Not the codec's message for bytes that are not TLS: it repeats them, and they may be a
   * password.
   */
  private static String reason(Throwable cause) {
    Throwable root = cause.getCause() == null ? cause : cause.getCause();
    if (root instanceof NotSslRecordException) {
      return "the client does not speak TLS";
    } else if (root instanceof ClosedChannelException) {
      return "the client went away";
    }
    return String.valueOf(root.getMessage());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("A connection failed before its CONNECT: {}", reason(cause));
    wire.endGently();
  }

  /** A refusal in both protocols' numbers. */
  private record Refusal(int reasonCode, int returnCode, String reason) {
    static Refusal of(int reasonCode, String reason) {
      return new Refusal(reasonCode, ReasonCodes.returnCode(reasonCode), reason);
    }

    static Refusal of(Refused refused) {
      return new Refusal(
          refused.refusal().reasonCode(), refused.refusal().returnCode(), refused.reason());
    }
  }
}
