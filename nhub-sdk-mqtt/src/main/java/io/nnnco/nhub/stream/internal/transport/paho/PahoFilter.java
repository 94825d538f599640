package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.HandOver;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.ReceiveMaximum;
import io.nnnco.nhub.stream.internal.transport.Refusals;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.stream.internal.transport.Unsubscriptions;
import io.nnnco.nhub.stream.internal.transport.Violations;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import io.nnnco.nhub.stream.internal.transport.packet.ServerTerms;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Paho would not report, or would get wrong: each refusal with its code and reason, and
 * the messages, which are handed over from here. Paho itself sees only success: a CONNACK without
 * properties, because it would enforce the server's limits wrongly, and no message, because it
 * would lose the DUP flag, copy the payload byte by byte, and bring it by another thread.
 */
final class PahoFilter implements PahoInput.Filter {
  private static final byte[] NOTHING = {};

  private final ConnectRequest request;
  private final PahoTransport transport;
  private final ReceiveMaximum receiveMaximum;
  private final Unsubscriptions unsubscriptions = new Unsubscriptions();
  private final HandOver handOver;
  private boolean connected;
  private boolean subscribed;
  private volatile boolean leaving;
  private volatile @Nullable ServerTerms terms;

  PahoFilter(ConnectRequest request, PahoTransport transport, TransportListener listener) {
    this.request = request;
    this.handOver = new HandOver(listener);
    this.transport = transport;
    this.receiveMaximum = new ReceiveMaximum(request.receiveMaximum());
  }

  /** An acknowledgement is about to leave. */
  void acknowledged() {
    receiveMaximum.acknowledged();
  }

  /** The packets that unsubscribe. */
  List<byte[]> unsubscribe(List<String> topicFilters) {
    return unsubscriptions.packets(MqttVersion.MQTT_5, topicFilters);
  }

  /** The keep-alive that the server requests; null if it leaves it to the client. */
  @Nullable Duration serverKeepAlive() {
    ServerTerms said = terms;
    return said == null ? null : said.keepAlive();
  }

  /** From now on messages are passed over. */
  void leave() {
    leaving = true;
  }

  @Override
  public void readComplete() {
    handOver.complete();
  }

  @Override
  public byte[] pass(Packet packet, Supplier<byte[]> bytes) throws IOException {
    if (packet instanceof Packet.Publish publish) {
      received(publish.message());
      return NOTHING;
    }
    handOver.complete();
    if (packet instanceof Packet.Connack connack) {
      return connack(connack);
    } else if (packet instanceof Packet.Suback suback) {
      return suback(suback);
    } else if (packet instanceof Packet.Disconnect disconnect) {
      throw end(
          Refusals.disconnect(disconnect.reasonCode(), disconnect.reason(), request.credentials()));
    } else if (packet instanceof Packet.Unsuback unsuback) {
      return unsuback(unsuback);
    } else if (packet instanceof Packet.Pingresp) {
      transport.pingResponded();
    }
    return bytes.get();
  }

  private void received(InboundMessage message) throws IOException {
    if (leaving || transport.isClosed()) {
      return;
    }
    try {
      receiveMaximum.received(message);
    } catch (MalformedPacketException e) {
      throw end(e);
    }
    handOver.received(message);
  }

  /** Paho has sent no SUBSCRIBE either, so it gets no response. */
  private byte[] suback(Packet.Suback suback) throws IOException {
    if (subscribed
        || suback.packetId() != PacketWriter.SUBSCRIBE_ID
        || suback.codes().length != request.topicFilters().size()) {
      throw end(MalformedPacketException.protocol("A SUBACK does not match the SUBSCRIBE"));
    }
    subscribed = true;
    Optional<? extends NHubException> refusal =
        Refusals.suback(
            request.topicFilters(), request.qos(), suback.codes(), request.credentials());
    if (refusal.isPresent()) {
      throw end(refusal.get());
    }
    transport.granted();
    return NOTHING;
  }

  private byte[] unsuback(Packet.Unsuback unsuback) throws IOException {
    try {
      transport.unsubscribed(unsubscriptions.acknowledged(unsuback));
      return NOTHING;
    } catch (MalformedPacketException e) {
      throw end(e);
    }
  }

  private byte[] connack(Packet.Connack connack) throws IOException {
    if (connected) {
      throw end(MalformedPacketException.protocol("A second CONNACK arrived"));
    }
    connected = true;
    if (!connack.accepted()) {
      throw end(Refusals.connack(connack.reasonCode(), connack.reason(), request.credentials()));
    }
    transport.spoke();
    Optional<StreamException> lacking =
        Refusals.beyond(connack.terms(), request, MqttVersion.MQTT_5);
    if (lacking.isPresent()) {
      throw end(lacking.get());
    }
    terms = connack.terms();
    unsubscriptions.connected(connack.terms());
    receiveMaximum.connected(connack.sessionPresent());
    transport.accepted(connack.sessionPresent(), connack.terms());
    return new byte[] {0x20, 3, (byte) (connack.sessionPresent() ? 1 : 0), 0, 0};
  }

  @Override
  public void read() {
    transport.heard();
  }

  @Override
  public void violated(MalformedPacketException violation) {
    transport.fail(Violations.failure(violation, transport.phase()));
  }

  @Override
  public void failed(Throwable error) {
    transport.failed(error);
  }

  private IOException end(MalformedPacketException violation) {
    violated(violation);
    return new IOException("The server has violated MQTT", violation);
  }

  private IOException end(NHubException failure) {
    transport.fail(failure);
    return new IOException("The server has ended the connection");
  }
}
