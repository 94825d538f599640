package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.MqttVersion;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link RawBroker}, used by the test's thread. */
final class Peer {
  private final Socket tcp;
  private final SSLSocket tls;
  private final DataInputStream in;
  private final OutputStream out;

  Peer(Socket tcp, SSLSocket tls) throws IOException {
    this.tcp = tcp;
    this.tls = tls;
    this.in = new DataInputStream(tls.getInputStream());
    this.out = tls.getOutputStream();
  }

  /** A packet as it came. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Packet(int header, byte[] body) {
    int type() {
      return header >> 4;
    }

    int packetId() {
      return ((body[0] & 0xFF) << 8) | (body[1] & 0xFF);
    }
  }

  /** The next packet. */
  Packet read() {
    try {
      return readPacket();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next packet that is not a PINGREQ, each of which is answered. */
  Packet readAnsweringPings() {
    while (true) {
      Packet packet = read();
      if (packet.type() != Wire.PINGREQ) {
        return packet;
      }
      send(Wire.pingresp());
    }
  }

  /** The next packet, which must be of a type. */
  Packet expect(int type) {
    Packet packet = read();
    assertEquals(type, packet.type(), "packet type");
    return packet;
  }

  /** Reads PINGREQs without answering: a clock that ticks each half of the keep-alive. */
  void ignorePings(int count) {
    for (int i = 0; i < count; i++) {
      expect(Wire.PINGREQ);
    }
  }

  /** Lets the client in and grants what it subscribes to. */
  void welcome() {
    accept();
    grant();
  }

  /** The same in either version. */
  void welcome(MqttVersion version) {
    if (version == MqttVersion.MQTT_5) {
      welcome();
    } else {
      expect(Wire.CONNECT);
      send(Wire.packet(0x20, Wire.bytes(0, 0)));
      int id = expect(Wire.SUBSCRIBE).packetId();
      send(Wire.packet(0x90, Wire.bytes(id >> 8, id, 1)));
    }
  }

  void accept() {
    expect(Wire.CONNECT);
    send(Wire.connack(0));
  }

  void grant() {
    Packet subscribe = expect(Wire.SUBSCRIBE);
    send(Wire.suback(subscribe.packetId(), 1));
  }

  /** What comes until the client hangs up. */
  List<Packet> readToEnd() {
    List<Packet> packets = new ArrayList<>();
    try {
      while (true) {
        packets.add(readPacket());
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The client does not hang up", e);
    } catch (IOException e) {
      return packets;
    }
  }

  /** Reads as much as came in one TLS record, and returns how many bytes that was. */
  int readRecord() {
    try {
      int count = in.read(new byte[64 * 1024]);
      if (count < 0) {
        throw new EOFException();
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Packet readPacket() throws IOException {
    int header = in.readUnsignedByte();
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int part = in.readUnsignedByte();
      length |= (part & 0x7F) << shift;
      if (part < 0x80) {
        break;
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return new Packet(header, body);
  }

  void send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends pieces and hangs up properly, unless the client was faster. */
  void sendAndHangUp(byte[] bytes, int piece) {
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        out.write(bytes, at, Math.min(piece, bytes.length - at));
      }
      tls.shutdownOutput();
    } catch (IOException e) {
      // It was.
    }
  }

  /** Ends the connection without a word. */
  void reset() {
    try {
      if (!tcp.isClosed()) {
        tcp.setSoLinger(true, 0);
        tcp.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
