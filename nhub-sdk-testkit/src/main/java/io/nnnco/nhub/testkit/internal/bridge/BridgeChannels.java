package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslHandler;
import io.nnnco.nhub.testkit.BridgeFault.RejectCertificate;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.BridgeFault.WrongServerCertificate;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Refused;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prepares each connection: TLS, the valve, the codec, and the handler that waits for the CONNECT.
 */
final class BridgeChannels extends ChannelInitializer<Channel> {
  private final BridgeState state;

  BridgeChannels(BridgeState state) {
    this.state = state;
  }

  @Override
  protected void initChannel(Channel channel) {
    CertificateAlert alert =
        state.policy().rejectsCertificatesInHandshake() ? new CertificateAlert() : null;
    SslHandler tls =
        new SslHandler(
            TlsServer.engine(
                identity(), chain -> check(chain, alert), alert == null ? null : alert.random()));
    Valve valve = new Valve();
    Wire wire = new Wire(channel, tls, valve);
    FirstBytes firstBytes = new FirstBytes();
    state.wires().add(wire);
    channel.closeFuture().addListener(closed -> state.wires().remove(wire));
    channel
        .pipeline()
        .addLast("close", new GentleClose())
        .addLast("tls", tls)
        .addLast("valve", valve)
        .addLast("first-bytes", firstBytes)
        .addLast("gate", new PacketGate())
        .addLast("decoder", new MqttDecoder(Packets.MAXIMUM_PACKET_SIZE))
        .addLast("encoder", MqttEncoder.INSTANCE)
        .addLast("connect", new ConnectHandler(state, wire, firstBytes));
    if (alert != null) {
      channel.pipeline().addBefore("tls", "alert", alert);
      tls.handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  channel.pipeline().remove(alert);
                }
              });
    }
  }

  private ServerIdentity identity() {
    WrongServerCertificate fault = state.faults().next(WrongServerCertificate.class, null);
    return state
        .options()
        .serverIdentities()
        .get(fault == null ? ServerCertificate.GENUINE : fault.certificate());
  }

  /** Accepts any certificate by default: the CONNECT decides who may connect. */
  private void check(List<X509Certificate> chain, @Nullable CertificateAlert alert)
      throws CertificateException {
    if (state.faults().next(RejectCertificate.class, null) != null) {
      throw new CertificateException("rejected by a fault");
    }
    if (alert != null
        && state.options().gatekeeper().admit(new ConnectAttempt(chain, null, null, "", 5))
            instanceof Refused refused
        && refused.alert() != null) {
      alert.announce(refused.alert());
      throw new CertificateException(refused.reason());
    }
  }
}
