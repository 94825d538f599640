package io.nnnco.nhub.testkit.internal.bridge;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;

/**
 * What client and server have sent in a handshake of TLS 1.3 until the client's certificate, and
 * the server's key for what follows.
 */
final class TlsTranscript {
  static final int ALERT = 21;
  static final int APPLICATION_DATA = 23;

  private static final int HANDSHAKE = 22;
  private static final int HEADER = 5;
  private static final int KEY_SHARE = 51;
  private static final int GROUP_X25519 = 0x001D;

  /** In an alert, behind its level. */
  private static final int NUMBER = 1;

  private TlsTranscript() {}

  /**
   * The record of an alert in place of another.
   *
   * @param received the client's records so far
   * @param sent the server's records so far
   * @param keys those that may be the server's ephemeral one
   * @param original the record of the server's own alert
   * @throws GeneralSecurityException if the connection does not use what this knows
   */
  static byte[] replaced(
      byte[] received, byte[] sent, List<byte[]> keys, byte[] original, TlsAlert alert)
      throws GeneralSecurityException {
    try {
      byte[] clientHello = firstMessage(received);
      byte[] serverHello = firstMessage(sent);
      TlsSuite suite = TlsSuite.of(afterSession(serverHello).getShort());
      byte[] secret =
          suite.handshakeSecret(
              X25519.agree(
                  privateKeyOf(keyShare(serverExtensions(serverHello), false), keys),
                  keyShare(clientExtensions(clientHello), true)));
      byte[] flight =
          decrypted(sent, suite, suite.derive(secret, "s hs traffic", clientHello, serverHello));
      byte[] traffic =
          suite.derive(
              suite.masterSecret(secret), "s ap traffic", clientHello, serverHello, flight);
      byte[] header = Arrays.copyOf(original, HEADER);
      byte[] content = Arrays.copyOfRange(original, HEADER, original.length);
      byte[] plain = suite.apply(Cipher.DECRYPT_MODE, traffic, 0, header, content);
      plain[NUMBER] = (byte) alert.number();
      byte[] sealed = suite.apply(Cipher.ENCRYPT_MODE, traffic, 0, header, plain);
      return ByteBuffer.allocate(original.length).put(header).put(sealed).array();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new GeneralSecurityException("not a handshake with X25519", e);
    }
  }

  /** The first handshake message, which may come in several records. */
  private static byte[] firstMessage(byte[] records) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteBuffer rest = ByteBuffer.wrap(records);
    while (rest.remaining() > HEADER && rest.get(rest.position()) == HANDSHAKE) {
      content.writeBytes(content(rest));
    }
    byte[] messages = content.toByteArray();
    int length = ByteBuffer.wrap(messages).getInt() & 0xFF_FFFF;
    return Arrays.copyOf(messages, Integer.BYTES + length);
  }

  private static byte[] content(ByteBuffer records) {
    records.position(records.position() + HEADER - Short.BYTES);
    byte[] content = new byte[Short.toUnsignedInt(records.getShort())];
    records.get(content);
    return content;
  }

  /** What the server has sent encrypted, without the types of the records. */
  private static byte[] decrypted(byte[] sent, TlsSuite suite, byte[] secret)
      throws GeneralSecurityException {
    ByteArrayOutputStream flight = new ByteArrayOutputStream();
    ByteBuffer rest = ByteBuffer.wrap(sent);
    long number = 0;
    while (rest.hasRemaining()) {
      byte[] header = new byte[HEADER];
      rest.get(rest.position(), header);
      byte[] content = content(rest);
      if (header[0] == APPLICATION_DATA) {
        byte[] inner = suite.apply(Cipher.DECRYPT_MODE, secret, number++, header, content);
        int end = inner.length - 1;
        while (inner[end] == 0) {
          end--;
        }
        flight.write(inner, 0, end);
      }
    }
    return flight.toByteArray();
  }

  /** Behind the suite and a byte for the compression that there is none. */
  private static ByteBuffer serverExtensions(byte[] hello) {
    ByteBuffer rest = afterSession(hello);
    skip(rest, Short.BYTES + 1);
    return vector(rest);
  }

  private static ByteBuffer clientExtensions(byte[] hello) {
    ByteBuffer rest = afterSession(hello);
    vector(rest);
    skip(rest, Byte.toUnsignedInt(rest.get()));
    return vector(rest);
  }

  /** Of a hello, behind its version, random bytes and session. */
  private static ByteBuffer afterSession(byte[] hello) {
    ByteBuffer rest = ByteBuffer.wrap(hello);
    skip(rest, Integer.BYTES + Short.BYTES + 32);
    skip(rest, Byte.toUnsignedInt(rest.get()));
    return rest;
  }

  private static void skip(ByteBuffer buffer, int bytes) {
    buffer.position(buffer.position() + bytes);
  }

  /** The next bytes, whose length is in two bytes before them. */
  private static ByteBuffer vector(ByteBuffer buffer) {
    int length = Short.toUnsignedInt(buffer.getShort());
    ByteBuffer vector = buffer.slice(buffer.position(), length);
    skip(buffer, length);
    return vector;
  }

  /** The public key of X25519; a client lists one for each group that it offers. */
  private static byte[] keyShare(ByteBuffer extensions, boolean list) {
    while (extensions.getShort() != KEY_SHARE) {
      vector(extensions);
    }
    ByteBuffer shares = vector(extensions);
    ByteBuffer share = list ? vector(shares) : shares;
    while (share.getShort() != GROUP_X25519) {
      vector(share);
    }
    byte[] key = new byte[X25519.KEY_SIZE];
    vector(share).get(key);
    return key;
  }

  private static byte[] privateKeyOf(byte[] publicKey, List<byte[]> keys)
      throws GeneralSecurityException {
    for (byte[] key : keys) {
      if (Arrays.equals(X25519.publicKey(key), publicKey)) {
        return key;
      }
    }
    throw new GeneralSecurityException("the server's ephemeral key is not known");
  }
}
