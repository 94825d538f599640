package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.MalformedPemException;
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
 * One block of a PEM text, from its BEGIN line to its END line. BouncyCastle decodes it; what is
 * done here is to find it in a text that was copied about by people.
 */
final class PemBlock {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
  private static final Pattern ESCAPED_LINE_BREAK = Pattern.compile("\\\\+[rn]");

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
    // A JSON string copied as it stands has \n for a line break and may have \/ for a slash,
    // neither
    // of which base64 contains.
    String text = ESCAPED_LINE_BREAK.matcher(pem.text()).replaceAll("\n").replace("\\/", "/");
    List<PemBlock> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    for (int from = 0; begin.find(from); ) {
      String type = begin.group(1);
      String endLine = "-----END " + type + "-----";
      int end = text.indexOf(endLine, begin.end());
      int nextBegin = text.indexOf("-----BEGIN ", begin.end());
      if (end < 0 || (nextBegin >= 0 && nextBegin < end)) {
        throw malformed(
            pem, "has a BEGIN " + ForeignText.shown(type) + " line without its END line", null);
      }
      blocks.add(new PemBlock(type, text.substring(begin.end(), end)));
      from = end + endLine.length();
    }
    if (blocks.isEmpty()) {
      throw malformed(pem, describeNoPem(text), null);
    }
    return blocks;
  }

  static MalformedPemException malformed(PemText pem, String defect, @Nullable Throwable cause) {
    return new MalformedPemException(pem.source(), defect, cause);
  }

  /** What the blocks are, such as {@code a certificate and 2 private keys}. */
  static String describe(List<PemBlock> blocks) {
    Map<String, Integer> counts = new TreeMap<>();
    blocks.forEach(block -> counts.merge(block.kind(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(
            kind ->
                kind.getValue() == 1
                    ? "a " + kind.getKey()
                    : kind.getValue() + " " + kind.getKey() + "s")
        .collect(Collectors.joining(" and "));
  }

  String type() {
    return type;
  }

  /** This block alone, one line break between lines. */
  String text() {
    return text;
  }

  boolean isCertificate() {
    return kind().equals("certificate");
  }

  boolean isPrivateKey() {
    return kind().equals("private key");
  }

  /** The bytes that the base64 stands for. */
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

  private static String describeNoPem(String text) {
    if (text.isBlank()) {
      return "is empty";
    }
    boolean binary =
        text.chars().anyMatch(c -> c == 0xFFFD || (c < ' ' && !Character.isWhitespace(c)));
    return binary
        ? "holds binary data such as DER or PKCS#12, not PEM text"
        : "has no line that starts with -----BEGIN";
  }
}
