package io.nnnco.nhub.identity.internal;

import java.util.List;

/** The three texts of an identity. */
public record PemTexts(PemText certificate, PemText key, PemText ca) {

  boolean sameTextsAs(PemTexts that) {
    return texts().equals(that.texts());
  }

  private List<String> texts() {
    return List.of(certificate.text(), key.text(), ca.text());
  }
}
