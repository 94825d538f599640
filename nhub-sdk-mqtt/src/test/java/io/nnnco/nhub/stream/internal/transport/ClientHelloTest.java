package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a connection to the bridge offers, byte by byte (RFC 8446, section 4.1.2). */
class ClientHelloTest {
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int SUPPORTED_VERSIONS = 43;

  private final ByteBuffer hello = offered();

  /** Suites, then extensions, as they are read off. */
  private static ByteBuffer offered() {
    CompletableFuture<byte[]> record = new CompletableFuture<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      Thread reading = new Thread(() -> read(server, record));
      reading.setDaemon(true);
      reading.start();
      assertThrows(IOException.class, () -> connector(server.getLocalPort()).connect());
      ByteBuffer hello = ByteBuffer.wrap(record.join());
      hello.position(4 + 2 + 32); // Type and length, version, random.
      skip(hello, hello.get() & 0xFF);
      return hello;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void read(ServerSocket server, CompletableFuture<byte[]> record) {
    try (Socket client = server.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readFully(new byte[3]);
      byte[] bytes = new byte[in.readUnsignedShort()];
      in.readFully(bytes);
      record.complete(bytes);
    } catch (IOException e) {
      record.completeExceptionally(e);
    }
  }

  private static TlsConnector connector(int port) {
    return new TlsConnector(
        new TransportFixture.Request("localhost", port, RawBroker.credentials(), "client").build(),
        phase -> {});
  }

  private static void skip(ByteBuffer buffer, int count) {
    buffer.position(buffer.position() + count);
  }

  private static List<Integer> shorts(ByteBuffer buffer, int bytes) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < bytes; i += 2) {
      values.add(buffer.getShort() & 0xFFFF);
    }
    return values;
  }

  private List<Integer> extension(int wanted, int lengthBytes) {
    skip(hello, hello.getShort() & 0xFFFF);
    skip(hello, hello.get() & 0xFF);
    hello.getShort();
    while (hello.hasRemaining()) {
      int type = hello.getShort() & 0xFFFF;
      int length = hello.getShort() & 0xFFFF;
      if (type == wanted) {
        skip(hello, lengthBytes);
        return shorts(hello, length - lengthBytes);
      }
      skip(hello, length);
    }
    throw new AssertionError("No extension " + wanted);
  }

  @Test
  void signatures_areOfSha256AndBetter() {
    List<Integer> schemes = extension(SIGNATURE_ALGORITHMS, 2);
    assertFalse(schemes.isEmpty());
    // 0x01xx is MD5, 0x02xx SHA-1 (RFC 5246, section 7.4.1.4.1).
    assertEquals(List.of(), schemes.stream().filter(scheme -> scheme >> 8 <= 2).toList());
  }

  @Test
  void suites_haveKeysOfTheOneConnection() {
    List<Integer> suites = shorts(hello, hello.getShort() & 0xFFFF);
    assertFalse(suites.isEmpty());
    // TLS_RSA_WITH_..., by IANA's register.
    List<Integer> withStaticRsa =
        List.of(0x0A, 0x2F, 0x35, 0x3B, 0x3C, 0x3D, 0x41, 0x84, 0x96, 0x9C, 0x9D, 0xBA, 0xC0);
    assertEquals(List.of(), suites.stream().filter(withStaticRsa::contains).toList());
  }

  @Test
  void versions_areTls13And12() {
    assertEquals(List.of(0x0304, 0x0303), extension(SUPPORTED_VERSIONS, 1));
  }
}
