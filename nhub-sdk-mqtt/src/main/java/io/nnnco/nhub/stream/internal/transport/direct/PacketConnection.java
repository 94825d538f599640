package io.nnnco.nhub.stream.internal.transport.direct;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.Outbox;
import io.nnnco.nhub.stream.internal.transport.TlsConnector;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketReader;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection and the packets on it, in one version of MQTT. One thread reads, one writes;
 * {@link #close()} from any ends what blocks.
 */
final class PacketConnection implements Outbox.Line {
  private final ConnectRequest request;
  private final MqttVersion version;
  private final Consumer<ConnectionPhase> phases;
  private final TlsConnector connector;
  private final PacketReader reader;
  private volatile boolean tlsIsUp;
  private volatile boolean heard;
  private volatile long lastRead = System.nanoTime();
  private volatile long lastWritten = System.nanoTime();
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  PacketConnection(ConnectRequest request, MqttVersion version, Consumer<ConnectionPhase> phases) {
    this.request = request;
    this.version = version;
    this.phases = phases;
    this.connector = new TlsConnector(request, phases);
    this.reader = new PacketReader(version);
  }

  MqttVersion version() {
    return version;
  }

  ConnectionPhase phase() {
    return tlsIsUp ? ConnectionPhase.CONNECT : connector.phase();
  }

  StreamException failure(ConnectionPhase at, Throwable error) {
    return connector.failure(at, error);
  }

  /** Whether the server has sent anything. */
  boolean heard() {
    return heard;
  }

  long lastRead() {
    return lastRead;
  }

  long lastWritten() {
    return lastWritten;
  }

  /** Connects and waits for the CONNACK. */
  Packet.Connack connect(boolean clean) throws IOException, MalformedPacketException {
    SSLSocket socket = connector.connect();
    in = socket.getInputStream();
    out = socket.getOutputStream();
    tlsIsUp = true;
    phases.accept(ConnectionPhase.CONNECT);
    byte[] packet = PacketWriter.connect(request, version, clean);
    write(packet, packet.length);
    Packet first = poll();
    while (first == null) {
      fill();
      first = poll();
    }
    if (first instanceof Packet.Connack connack) {
      return connack;
    }
    throw MalformedPacketException.protocol("The first packet is not a CONNACK");
  }

  /** The next packet that is here already, or null. */
  @Nullable Packet poll() throws MalformedPacketException {
    return reader.next();
  }

  /** Waits for more bytes. */
  void fill() throws IOException {
    InputStream from = in;
    if (from == null || !reader.fill(from)) {
      throw new EOFException("The server has closed the connection");
    }
    if (!heard) {
      heard = true;
      connector.responded();
    }
    lastRead = System.nanoTime();
  }

  @Override
  public long quietNanos() {
    return reader.quietNanos();
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    OutputStream to = out;
    if (to == null) {
      throw new IOException("Not connected");
    }
    to.write(bytes, 0, length);
    to.flush();
    lastWritten = System.nanoTime();
  }

  /** Waits until the server has closed too, ignoring what it still sends. */
  void awaitEnd() {
    try {
      InputStream from = in;
      while (from != null && from.read() >= 0) {
        // Ignored.
      }
    } catch (IOException e) {
      // This is an end, too.
    }
  }

  /** Ends writing; what was written still arrives, which a mere close would not guarantee. */
  @Override
  public void finishWriting() throws IOException {
    connector.shutdownOutput();
  }

  void close() {
    connector.close();
  }
}
