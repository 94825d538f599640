package io.nnnco.nhub.testkit.internal.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cipher suites of TLS 1.3 (RFC 8446 section B.4) that a JDK speaks: the key schedule of
 * section 7.1 and the protection of records, each with its algorithms.
 */
enum TlsSuite {
  AES_128_GCM_SHA256(0x1301, "256", 32, "AES/GCM/NoPadding", 16),
  AES_256_GCM_SHA384(0x1302, "384", 48, "AES/GCM/NoPadding", 32),
  CHACHA20_POLY1305_SHA256(0x1303, "256", 32, "ChaCha20-Poly1305", 32);

  private static final int NONCE_SIZE = 12;
  private static final int TAG_BITS = 128;

  private final int number;
  private final String hash;
  private final String mac;
  private final int hashSize;
  private final String cipher;
  private final int keySize;

  TlsSuite(int number, String sha, int hashSize, String cipher, int keySize) {
    this.number = number;
    this.hash = "SHA-" + sha;
    this.mac = "HmacSHA" + sha;
    this.hashSize = hashSize;
    this.cipher = cipher;
    this.keySize = keySize;
  }

  /**
   * The suite that a server has chosen.
   *
   * @throws IllegalArgumentException if it is another one
   */
  static TlsSuite of(int number) {
    return Arrays.stream(values())
        .filter(suite -> suite.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the suite is " + number));
  }

  /** The secret of the handshake, from what both sides have agreed on. */
  byte[] handshakeSecret(byte[] shared) throws GeneralSecurityException {
    return hmac(derive(hmac(new byte[hashSize], new byte[hashSize]), "derived"), shared);
  }

  /** The secret of what comes after the handshake. */
  byte[] masterSecret(byte[] handshakeSecret) throws GeneralSecurityException {
    return hmac(derive(handshakeSecret, "derived"), new byte[hashSize]);
  }

  /** A secret for one purpose, after these messages. */
  byte[] derive(byte[] secret, String label, byte[]... messages) throws GeneralSecurityException {
    MessageDigest transcript = MessageDigest.getInstance(hash);
    for (byte[] message : messages) {
      transcript.update(message);
    }
    return expand(secret, label, transcript.digest(), hashSize);
  }

  private byte[] expand(byte[] secret, String label, byte[] context, int length)
      throws GeneralSecurityException {
    byte[] name = ("tls13 " + label).getBytes(US_ASCII);
    ByteBuffer info = ByteBuffer.allocate(5 + name.length + context.length);
    info.putShort((short) length).put((byte) name.length).put(name);
    info.put((byte) context.length).put(context).put((byte) 1);
    return Arrays.copyOf(hmac(secret, info.array()), length);
  }

  private byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac keyed = Mac.getInstance(mac);
    keyed.init(new SecretKeySpec(key, mac));
    return keyed.doFinal(data);
  }

  /** The content of a record of one direction, or the record of a content. */
  byte[] apply(int mode, byte[] secret, long record, byte[] header, byte[] content)
      throws GeneralSecurityException {
    byte[] nonce = expand(secret, "iv", new byte[0], NONCE_SIZE);
    ByteBuffer end = ByteBuffer.wrap(nonce, NONCE_SIZE - Long.BYTES, Long.BYTES);
    end.mark();
    long mixed = end.getLong() ^ record;
    end.reset();
    end.putLong(mixed);
    Cipher protection = Cipher.getInstance(cipher);
    protection.init(
        mode,
        new SecretKeySpec(expand(secret, "key", new byte[0], keySize), cipher.split("[/-]", 2)[0]),
        parameters(nonce));
    protection.updateAAD(header);
    return protection.doFinal(content);
  }

  private AlgorithmParameterSpec parameters(byte[] nonce) {
    return this == CHACHA20_POLY1305_SHA256
        ? new IvParameterSpec(nonce)
        : new GCMParameterSpec(TAG_BITS, nonce);
  }
}
