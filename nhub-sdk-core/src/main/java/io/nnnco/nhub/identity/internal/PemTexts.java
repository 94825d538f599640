package io.nnnco.nhub.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The three texts of an identity. */
public record PemTexts(PemText certificate, PemText key, PemText ca) {

  boolean sameTextsAs(PemTexts that) {
    return texts().equals(that.texts());
  }

  /** Differs if any of the texts differs. */
  String digest() {
    StringBuilder all = new StringBuilder();
    texts().forEach(text -> all.append(text.length()).append(':').append(text));
    return Fingerprint.sha256(all.toString().getBytes(UTF_8));
  }

  private List<String> texts() {
    return List.of(certificate.text(), key.text(), ca.text());
  }
}
