package io.nnnco.nhub.identity.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes a text without PEM. It is never quoted, because it may still be a key. */
final class NotPem {
  private static final int LONGEST_PATH = 4096;

  private static final Pattern SSH =
      Pattern.compile("(?:ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-|---- BEGIN SSH2 )");
  private static final Pattern PATH =
      Pattern.compile(
          "(?:[/~]|\\.\\.?/|[A-Za-z]:[/\\\\])[^\\r\\n]*|[^\\r\\n]*\\.(?:pem|crt|cer|key|p12|pfx|jks|der)");

  /** The type, the total length, and the number 3. */
  private static final Pattern PKCS12 =
      Pattern.compile(
          "0(?:[\0-\u007F]|\u0080|\u0081.|\u0082..|\u0083...)\u0002\u0001\u0003", Pattern.DOTALL);

  /** A sequence that begins with another, or with a version, such as a certificate or a key. */
  private static final Pattern DER =
      Pattern.compile(
          "0(?:[\0-\u007F]|\u0080|\u0081.|\u0082..|\u0083...)[0\u0002]", Pattern.DOTALL);

  private NotPem() {}

  /** Such as {@code is empty}. */
  static String describe(String text) {
    String start = text.replace("\uFEFF", "").stripLeading();
    if (start.isEmpty()) {
      return "is empty";
    }
    String binary = binary(text);
    if (binary != null) {
      return binary;
    }
    String shape = shape(start);
    if (shape != null) {
      return shape;
    }
    byte[] decoded = CopiedText.base64(text);
    String inner = decoded == null ? null : binary(CopiedText.decode(decoded));
    if (inner != null && inner.startsWith("is ")) {
      return "looks like base64 of " + inner.substring("is ".length());
    }
    String end = start.stripTrailing();
    if (end.length() <= LONGEST_PATH && PATH.matcher(end).matches()) {
      return "looks like the path of a file, where its contents belong";
    }
    if (decoded != null) {
      return "looks like base64 without the lines that begin and end a PEM";
    }
    return "has no line that starts with -----BEGIN";
  }

  private static @Nullable String binary(String text) {
    if (PKCS12.matcher(text).lookingAt()) {
      return "is a PKCS#12 key store, not PEM text";
    }
    if (text.startsWith("\u00FE\u00ED\u00FE\u00ED")
        || text.startsWith("\u00CE\u00CE\u00CE\u00CE")) {
      return "is a Java key store (JKS or JCEKS), not PEM text";
    }
    if (text.startsWith("PK\3\4")) {
      return "is a zip archive, not PEM text";
    }
    if (text.startsWith("\u001F\u008B")) {
      return "is gzip, not PEM text";
    }
    long zeros = text.chars().limit(200).filter(c -> c == 0).count();
    if (zeros > 0 && zeros == Math.min(text.length(), 200) / 2) {
      return "looks like UTF-16 without a byte order mark: save it as UTF-8";
    }
    boolean controls = text.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c));
    if (DER.matcher(text).lookingAt() && (controls || text.indexOf('\u0082') == 1)) {
      return "is DER, the binary form, not PEM text";
    }
    return controls ? "holds binary data, not PEM text" : null;
  }

  private static @Nullable String shape(String start) {
    String lower = start.substring(0, Math.min(start.length(), 40)).toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return "looks like an HTML page, such as a proxy or a login page sends";
    }
    if (lower.startsWith("<")) {
      return "looks like XML";
    }
    if (lower.startsWith("{") || lower.startsWith("[")) {
      return "looks like JSON in which there is no PEM";
    }
    if (lower.startsWith("putty-user-key-file-")) {
      return "looks like a PuTTY key; PuTTYgen exports others";
    }
    if (SSH.matcher(start).lookingAt()) {
      return "looks like an OpenSSH public key";
    }
    boolean named = start.contains("BEGIN CERTIFICATE") || start.contains("PRIVATE KEY");
    return named ? "has a BEGIN line without its five dashes on each side" : null;
  }
}
