package io.nnnco.nhub.diagnosis.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a typo. */
class EnterpriseHintTest {
  @ParameterizedTest
  @CsvSource({
    "nnn.acme, nnn.acmee, true",
    "nnn.acme, nnn.acem, true",
    "nnn.acme, nn.acme, true",
    "nnn.acme, NNN.ACME, true",
    "nnn.acme, nnn.acme, false",
    "nnn.acme, nnn.other, false",
    "nnn.acme, nnn.acme-emea, false"
  })
  void isTypo_twoCodes_isAboutALetterOrTwo(String one, String other, boolean typo) {
    assertEquals(typo, EnterpriseHint.isTypo(one, other));
    assertEquals(typo, EnterpriseHint.isTypo(other, one));
  }
}
