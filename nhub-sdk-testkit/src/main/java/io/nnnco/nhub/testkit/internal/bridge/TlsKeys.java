package io.nnnco.nhub.testkit.internal.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key schedule of TLS 1.3 (RFC 8446 section 7.1) and the protection of its records, for
 * TLS_AES_128_GCM_SHA256.
 */
final class TlsKeys {
  static final String SUITE = "TLS_AES_128_GCM_SHA256";

  private static final int HASH_SIZE = 32;
  private static final int KEY_SIZE = 16;
  private static final int NONCE_SIZE = 12;
  private static final int TAG_BITS = 128;

  private TlsKeys() {}

  /** The secret of the handshake, from what both sides have agreed on. */
  static byte[] handshakeSecret(byte[] shared) throws GeneralSecurityException {
    return extract(derive(extract(new byte[HASH_SIZE], new byte[HASH_SIZE]), "derived"), shared);
  }

  /** The secret of what comes after the handshake. */
  static byte[] masterSecret(byte[] handshakeSecret) throws GeneralSecurityException {
    return extract(derive(handshakeSecret, "derived"), new byte[HASH_SIZE]);
  }

  private static byte[] extract(byte[] salt, byte[] material) throws GeneralSecurityException {
    return hmac(salt, material);
  }

  /** A secret for one purpose, after these messages. */
  static byte[] derive(byte[] secret, String label, byte[]... messages)
      throws GeneralSecurityException {
    MessageDigest transcript = MessageDigest.getInstance("SHA-256");
    for (byte[] message : messages) {
      transcript.update(message);
    }
    return expand(secret, label, transcript.digest(), HASH_SIZE);
  }

  private static byte[] expand(byte[] secret, String label, byte[] context, int length)
      throws GeneralSecurityException {
    byte[] name = ("tls13 " + label).getBytes(US_ASCII);
    ByteBuffer info = ByteBuffer.allocate(5 + name.length + context.length);
    info.putShort((short) length).put((byte) name.length).put(name);
    info.put((byte) context.length).put(context).put((byte) 1);
    return Arrays.copyOf(hmac(secret, info.array()), length);
  }

  private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }

  /** The content of a record of one direction, or the record of a content. */
  static byte[] apply(int mode, byte[] secret, long number, byte[] header, byte[] content)
      throws GeneralSecurityException {
    byte[] nonce = expand(secret, "iv", new byte[0], NONCE_SIZE);
    ByteBuffer end = ByteBuffer.wrap(nonce, NONCE_SIZE - Long.BYTES, Long.BYTES);
    end.mark();
    long mixed = end.getLong() ^ number;
    end.reset();
    end.putLong(mixed);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(expand(secret, "key", new byte[0], KEY_SIZE), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    return cipher.doFinal(content);
  }
}
