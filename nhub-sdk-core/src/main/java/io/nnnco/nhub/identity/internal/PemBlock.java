package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.PemException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * One block of a PEM text, from its BEGIN line to its END line. BouncyCastle decodes it; this class
 * finds it in a text that people have copied around.
 */
final class PemBlock {
  /** In characters; about the limit for a file in bytes. */
  static final int LONGEST_TEXT = 1024 * 1024;

  /** A system's complete list of CAs has some 150. */
  static final int MOST_BLOCKS = 500;

  /** In characters: enough for a key of 8,192 bits, or a certificate with a thousand names. */
  static final int LONGEST_BLOCK = 64 * 1024;

  private static final int MOST_KINDS_TOLD = 4;
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----");

  private final String type;
  private final String text;

  private PemBlock(String type, String body) {
    List<String> lines = body.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    StringBuilder block = new StringBuilder("-----BEGIN " + type + "-----\n");
    boolean inHeaders = false;
    for (String line : lines) {
      boolean header = line.indexOf(':') >= 0;
      if (inHeaders && !header) {
        block.append('\n'); // An encrypted block's headers end with a blank line, by RFC 1421.
      }
      inHeaders = header;
      block.append(line).append('\n');
    }
    this.type = type;
    this.text = block.append("-----END " + type + "-----\n").toString();
  }

  /** The blocks of a text, in order; at least one. */
  static List<PemBlock> in(PemText pem) {
    if (pem.text().length() > LONGEST_TEXT) {
      throw malformed(pem, "is longer than " + LONGEST_TEXT + " characters", null);
    }
    String text = CopiedText.plain(pem.text());
    List<PemBlock> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    for (int from = 0; begin.find(from); ) {
      if (blocks.size() == MOST_BLOCKS) {
        throw malformed(pem, "has more than " + MOST_BLOCKS + " blocks", null);
      }
      String type = begin.group(1);
      String endLine = "-----END " + type + "-----";
      int end = text.indexOf(endLine, begin.end());
      int nextBegin = text.indexOf("-----BEGIN ", begin.end());
      if (end < 0 || (nextBegin >= 0 && nextBegin < end)) {
        throw malformed(
            pem, "has a BEGIN " + ForeignText.shown(type) + " line without its END line", null);
      }
      if (end - begin.end() > LONGEST_BLOCK) {
        throw malformed(
            pem, "has a " + type + " longer than " + LONGEST_BLOCK + " characters", null);
      }
      blocks.add(new PemBlock(type, text.substring(begin.end(), end)));
      from = end + endLine.length();
    }
    if (blocks.isEmpty()) {
      throw malformed(pem, NotPem.describe(pem.text()), null);
    }
    return blocks;
  }

  static PemException malformed(PemText pem, String defect, @Nullable Throwable cause) {
    return new PemException(
        CoreErrorCode.IDENTITY_PEM_MALFORMED,
        pem.source(),
        pem.source() + " " + defect + ".",
        cause);
  }

  static PemException unexpected(PemText pem, String expected, List<PemBlock> found) {
    return new PemException(
        CoreErrorCode.IDENTITY_PEM_UNEXPECTED,
        pem.source(),
        pem.source()
            + " holds "
            + ForeignText.shown(describe(found))
            + " where "
            + expected
            + " was expected.",
        null);
  }

  /** A description of the blocks, such as {@code a certificate and 2 private keys}. */
  static String describe(List<PemBlock> blocks) {
    Map<String, Integer> counts = new TreeMap<>();
    blocks.forEach(block -> counts.merge(block.kind(), 1, Integer::sum));
    String told =
        counts.entrySet().stream()
            .limit(MOST_KINDS_TOLD)
            .map(
                kind ->
                    kind.getValue() == 1
                        ? "a " + kind.getKey()
                        : kind.getValue() + " " + kind.getKey() + "s")
            .collect(Collectors.joining(" and "));
    return counts.size() > MOST_KINDS_TOLD ? told + " and others" : told;
  }

  String type() {
    return type;
  }

  /** This block alone, with one line break between lines. */
  String text() {
    return text;
  }

  boolean isCertificate() {
    return kind().equals("certificate");
  }

  boolean isPrivateKey() {
    return kind().equals("private key");
  }

  /** The bytes that the base64 encodes. */
  byte[] content() throws IOException {
    try (PemReader reader = new PemReader(new StringReader(text))) {
      return reader.readPemObject().getContent();
    }
  }

  /** BouncyCastle's object for this type of block. */
  Object parse() throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      return parser.readObject();
    }
  }

  @Override
  public String toString() {
    return "PemBlock[" + ForeignText.shown(type) + "]";
  }

  private String kind() {
    if (type.endsWith("PRIVATE KEY")) {
      return "private key";
    }
    return switch (type) {
      case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> "certificate";
      case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> "certificate request";
      case "PUBLIC KEY", "RSA PUBLIC KEY" -> "public key";
      default -> ForeignText.shown(type) + " block";
    };
  }
}
