package io.nnnco.nhub.stream.internal.transport.paho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.Outbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Paho writes, among what is sent beside it. */
class PahoSocketTest {
  private static final byte[] CONNECT = {0x10, 0};

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private PahoSocket socket;
  private OutputStream paho;

  @BeforeEach
  void connect() throws IOException {
    socket =
        new PahoSocket(
            new Wire(),
            new NothingIsFiltered(),
            CONNECT,
            new Outbox(Runnable::run, new VirtualTime(), error -> {}));
    socket.startSending();
    paho = socket.getOutputStream();
    paho.write(new byte[] {0x10, 1, 2});
    paho.flush();
  }

  private String sent() {
    String hex = HexFormat.of().formatHex(wire.toByteArray());
    wire.reset();
    return hex;
  }

  @Test
  void connect_isTheSdks() {
    assertEquals("1000", sent());
  }

  /** As Paho does with 8 KiB and more. */
  @Test
  void packetInPieces_staysWhole_thoughAnAcknowledgementComesBetween() throws IOException {
    paho.write(new byte[] {(byte) 0x82, 4});
    socket.acknowledge(7, false);
    socket.flushAcknowledgements(false);
    paho.write(new byte[] {1, 2, 3, 4});
    paho.flush();
    assertEquals("1000" + "40020007" + "820401020304", sent());
  }

  @Test
  void disconnect_isTheLast() throws IOException {
    socket.leave(new byte[] {(byte) 0xE0, 0}, Duration.ZERO);
    assertFalse(socket.acknowledge(7, true));
    socket.sendBeside(new byte[] {(byte) 0xA2, 0});
    assertEquals("1000" + "e000", sent());
  }

  private final class Wire extends Socket {
    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
      return wire;
    }
  }
}
